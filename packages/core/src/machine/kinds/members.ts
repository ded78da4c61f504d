import type { BranchNode, GraphNode, ParallelNode } from '../../graph/node.js'
import { cameTo } from '../came-to.js'
import { failed } from '../failure.js'
import { quiet } from '../quiet.js'
import { drop, forget } from '../revisit.js'
import { type Child, enter, settle, succeeded } from '../settle.js'
import { type FieldsSource, present, type Source } from '../source.js'
import type { Frame } from '../state.js'
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

const membersOf = ({ node, input }: Members): readonly Child[] =>
  node.members.map((member, slot) => ({ slot, node: member.node, input }))

/** Members that were taken and are over or under way stay so; the others of them run again. */
export function revisitMember(turn: Turn, frame: Members, { slot, taken }: Revisiting): Revisited {
  const siblings = membersOf(frame).filter((member) => member.slot !== slot)
  const kept = siblings.filter(taken)
  turn.undo.set(frame.outputs, slot, undefined)
  for (const member of siblings) {
    if (kept.includes(member)) remember(turn, frame, member)
    else clear(turn, frame, member)
  }
  const open = kept.filter((member) => frame.outputs[member.slot] === undefined)
  const settled = kept.length - open.length
  turn.undo.assign(frame, { size: kept.length + 1, settled, failure: undefined, failedSlot: -1 })
  return { input: frame.input, others: open.filter((other) => !frame.children?.has(other.slot)) }
}

interface Revisiting {
  readonly slot: number
  taken(member: Child): boolean
}

function clear(turn: Turn, frame: Members, { slot, node }: Child): void {
  drop(turn, frame, slot)
  forget(turn, frame, [node])
  turn.undo.set(frame.outputs, slot, undefined)
}

/** What a member came to, also before its block was left, or is given to have come to. */
function remember(turn: Turn, frame: Members, { slot, node }: Child): void {
  const child = frame.children?.get(slot)
  if (child && !isReplaced(child)) return
  drop(turn, frame, slot)
  turn.undo.set(frame.outputs, slot, cameTo(frame.inner.results, node))
}

/** Another result was given for the step, or for one of those in the block. */
const isReplaced = ({ record, scope, children }: Frame): boolean =>
  record ? scope.results.get(record.id) !== record : [...(children?.values() ?? [])].some(isReplaced)

/** What these members came to, as long as all of them are over. */
export function gatheredFrom(
  members: Members['node']['members'],
  outputOf: (member: GraphNode) => Source | undefined,
): FieldsSource | undefined {
  const fields = members.flatMap(({ key, node }) => present([outputOf(node)]).map((output) => [key, output] as const))
  return fields.length === members.length ? { fields } : undefined
}

export const memberLogic = {
  result: 'none',
  apart: 'members',
  childSettled: memberSettled,
  childQuiet: endWithFailure,
} as const
