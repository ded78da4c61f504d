import type { BranchNode, ParallelNode } from '../../graph/node.js'
import { failed } from '../failure.js'
import { quiet } from '../quiet.js'
import { enter, settle, succeeded } from '../settle.js'
import { type FieldsSource, present } from '../source.js'
import type { Frame } from '../state.js'
import type { Turn } from '../turn.js'
import type { ChildEnd } from './kind.js'

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

export const memberLogic = {
  result: 'none',
  apart: 'members',
  childSettled: memberSettled,
  childQuiet: endWithFailure,
} as const
