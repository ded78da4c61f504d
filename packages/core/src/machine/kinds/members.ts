import type { BranchNode, GraphNode, ParallelNode } from '../../graph/node.js'
import { cameTo } from '../came-to.js'
import { failed } from '../failure.js'
import { quiet } from '../quiet.js'
import { drop } from '../revisit.js'
import { enter, settle, succeeded } from '../settle.js'
import { type FieldsSource, present } from '../source.js'
import type { Frame, Results } from '../state.js'
import type { Turn } from '../turn.js'
import type { ChildEnd, Revisited } from './kind.js'

/** A block whose members run side by side; of a branch only those that were taken. */
export type Members = Frame<ParallelNode | BranchNode>

export function enterMembers(turn: Turn, frame: Members, taken: (slot: number) => boolean): void {
  const members = [...frame.node.members.entries()].filter(([slot]) => taken(slot))
  turn.undo.set(frame, 'size', members.length)
  if (members.length === 0) return settle(turn, frame, succeeded({ fields: [] }))
  for (const [slot, { node }] of members) enter(turn, frame, { slot, node, input: frame.input })
}

/** The outputs of the members that ran, in the order of the block. */
function gathered(frame: Members): FieldsSource {
  const fields = frame.node.members.flatMap(({ key }, slot) =>
    present([frame.outputs[slot]]).map((output) => [key, output] as const),
  )
  return { fields }
}

/** Keeps the failure of the first member by index, so that the outcome does not hang on who was faster. */
export function keepFailure(turn: Turn, frame: Frame, { slot, settled }: ChildEnd): void {
  if (frame.failure && frame.failedSlot < slot) return
  turn.undo.set(frame, 'failure', settled.failure)
  turn.undo.set(frame, 'failedSlot', slot)
}

const allowsFailure = (frame: Members): boolean => 'allowFailure' in frame.node && frame.node.allowFailure

function memberSettled(turn: Turn, frame: Members, end: ChildEnd): void {
  const { slot, settled } = end
  turn.undo.set(frame, 'settled', frame.settled + 1)
  if (settled.status === 'success' || settled.status === 'bailed') turn.undo.set(frame.outputs, slot, settled.output)
  else if (settled.status === 'failed' && allowsFailure(frame)) turn.undo.set(frame.outputs, slot, null)
  else keepFailure(turn, frame, end)
  if (endWithFailure(turn, frame)) return
  if (frame.settled === frame.size) settle(turn, frame, succeeded(gathered(frame)))
  else if (frame.busy === 0) quiet(turn, frame)
}

/** All members run to their end; then a failure outweighs a suspension. */
function endWithFailure(turn: Turn, frame: Members): boolean {
  if (!frame.failure || frame.busy > 0) return false
  settle(turn, frame, failed(frame.failure))
  return true
}

/** Members that were taken and are over or under way stay so; the others of them run again. */
export function revisitMember(turn: Turn, frame: Members, { slot, taken }: Revisiting): Revisited {
  const { undo } = turn
  const members = frame.node.members.map(({ node }, at) => ({ slot: at, node }))
  const kept = members.filter((member) => member.slot !== slot && taken(member.node))
  for (const member of members) if (!kept.includes(member)) clear(turn, frame, member.slot)
  for (const member of kept) remember(turn, frame, member)
  const open = kept.filter((other) => frame.outputs[other.slot] === undefined)
  const settled = kept.length - open.length
  undo.assign(frame, { size: kept.length + 1, settled, failure: undefined, failedSlot: -1 })
  return { input: frame.input, others: open.filter((other) => !frame.children?.has(other.slot)) }
}

interface Revisiting {
  readonly slot: number
  taken(node: GraphNode): boolean
}

function clear(turn: Turn, frame: Members, slot: number): void {
  drop(turn, frame, slot)
  turn.undo.set(frame.outputs, slot, undefined)
}

/** What a member came to before its block was left. */
function remember(
  turn: Turn,
  frame: Members,
  { slot, node }: { readonly slot: number; readonly node: GraphNode },
): void {
  if (frame.outputs[slot] !== undefined || frame.children?.has(slot)) return
  turn.undo.set(frame.outputs, slot, cameTo(frame.inner.results, node))
}

/** What the members came to of which something is known. */
export const gatheredFrom = (members: Members['node']['members'], results: Results): FieldsSource => ({
  fields: members.flatMap(({ key, node }) => present([cameTo(results, node)]).map((output) => [key, output] as const)),
})

export const memberLogic = {
  result: 'none',
  apart: 'members',
  childSettled: memberSettled,
  childQuiet: endWithFailure,
} as const
