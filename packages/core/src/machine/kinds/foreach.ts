import type { ForeachNode } from '../../graph/node.js'
import { close, issue } from '../activity.js'
import type { ItemsCounted } from '../event.js'
import { failActivity, failed } from '../failure.js'
import { hold, releaseFirst, unhold } from '../held.js'
import { quiet } from '../quiet.js'
import { writeRecord } from '../record.js'
import { bailed, enter, settle, succeeded } from '../settle.js'
import { partOf, present, type Source } from '../source.js'
import type { Frame, StepRecord } from '../state.js'
import { type ItemCame, tellItem } from '../telling.js'
import type { Turn } from '../turn.js'
import type { ChildEnd, KindLogic, Revisit, Revisited } from './kind.js'
import { keepFailure } from './members.js'

type Foreach = Frame<ForeachNode>

/** Begins items as long as there is room. Suspended items take none; resumed ones that waited for room go first. */
function take(turn: Turn, frame: Foreach): void {
  release(turn, frame)
  while (!frame.halted && frame.position < frame.size && inFlight(frame) < frame.concurrency) {
    const slot = frame.position
    turn.undo.set(frame, 'position', slot + 1)
    if (isOpen(frame, slot)) enter(turn, frame, { slot, node: frame.node.body, input: partOf(frame.input, slot) })
  }
}

/** After a time travel items may be over, or under way, before their turn has come. */
const isOpen = ({ outputs, children }: Foreach, slot: number): boolean =>
  outputs[slot] === undefined && !children?.has(slot)

const inFlight = ({ children, quiet, heldCount }: Foreach): number => (children?.size ?? 0) - quiet - heldCount

function release(turn: Turn, frame: Foreach): void {
  while (frame.heldCount > 0 && inFlight(frame) < frame.concurrency) releaseFirst(turn, frame)
}

function counted(turn: Turn, frame: Foreach, event: ItemsCounted): void {
  turn.undo.set(frame, 'size', event.count)
  turn.undo.set(frame, 'concurrency', event.concurrency)
  if (frame.outputs.length > event.count) dropOutputs(turn, frame, event.count)
  writeRecord(turn, frame, { counted: { count: event.count, concurrency: event.concurrency } })
  if (event.count === frame.settled) settle(turn, frame, succeeded({ items: present(frame.outputs) }))
  else take(turn, frame)
}

/** There are fewer items than before a time travel. */
function dropOutputs(turn: Turn, frame: Foreach, count: number): void {
  for (let slot = count; slot < frame.outputs.length; slot += 1) turn.undo.set(frame.outputs, slot, undefined)
  turn.undo.set(frame, 'settled', present(frame.outputs).length)
}

function itemSettled(turn: Turn, frame: Foreach, end: ChildEnd): void {
  const { slot, settled } = end
  unhold(turn, frame, end.frame)
  turn.undo.set(frame, 'settled', frame.settled + 1)
  if (settled.status === 'success') turn.undo.set(frame.outputs, slot, settled.output)
  if (settled.status === 'bailed') bail(turn, frame, settled.output)
  else if (settled.status !== 'success') keepFailure(turn, frame, end)
  if (settled.status !== 'success') turn.undo.set(frame, 'halted', true)
  // The last that was suspended may have come to its end without a resume.
  else if (frame.quiet === 0) turn.undo.set(frame, 'halted', hasStopped(frame))
  tellItem(turn, frame, cameOf(end))
  if (endEarly(turn, frame)) return
  if (frame.settled === frame.size) return settle(turn, frame, succeeded({ items: present(frame.outputs) }))
  take(turn, frame)
  if (frame.busy === 0) quiet(turn, frame)
}

const hasStopped = ({ failure, bail }: Foreach): boolean => failure !== undefined || bail !== undefined

function cameOf({ slot: index, settled: { status, output } }: ChildEnd): ItemCame {
  return status === 'success' || status === 'bailed'
    ? { index, status: 'success', output }
    : { index, status: 'failed', output: undefined }
}

/** The first bail stands. */
function bail(turn: Turn, frame: Foreach, source: Source): void {
  if (!frame.bail) turn.undo.set(frame, 'bail', { by: turn.ref, source })
}

/** Items in flight end; then a failure outweighs a bail, and both outweigh a suspension. */
function endEarly(turn: Turn, frame: Foreach): boolean {
  const { failure, bail } = frame
  const early = failure ? failed(failure) : bail && bailed(bail.source)
  if (!early || frame.busy > 0) return false
  settle(turn, frame, early)
  return true
}

/** Items that were over when the foreach was left are so still. */
function restoreItems(turn: Turn, frame: Foreach, { counted, done, output, items }: StepRecord): void {
  const { undo } = turn
  const size = counted?.count ?? -1
  const known = done ?? Array.from({ length: size }, (_, slot) => partOf(output, slot))
  known.forEach((source, slot) => {
    undo.set(frame.outputs, slot, source)
  })
  undo.assign(frame, { settled: present(known).length, size })
  undo.set(frame, 'concurrency', counted?.concurrency ?? 1)
  writeRecord(turn, frame, { counted, items })
}

/** Items that have not succeeded run again. */
function revisitItem(turn: Turn, frame: Foreach, { slot, stays }: Revisit): Revisited {
  const { undo } = turn
  const child = frame.children?.get(slot)
  if (child?.busy === 0) undo.set(frame, 'quiet', frame.quiet - 1)
  if (child && !stays) unhold(turn, frame, child)
  undo.set(frame.outputs, slot, undefined)
  const settled = present(frame.outputs).length
  undo.assign(frame, { settled, position: 0, failure: undefined, failedSlot: -1, bail: undefined })
  return { input: partOf(frame.input, slot) }
}

export const foreachLogic: KindLogic<ForeachNode> = {
  result: 'of-items',
  apart: 'items',
  enter(turn, frame) {
    issue(turn, frame, { part: 'items', input: frame.input })
  },
  childSettled: itemSettled,
  /** The first suspension stops the taking of items. */
  childQuiet(turn, frame, child) {
    unhold(turn, frame, child)
    turn.undo.set(frame, 'quiet', frame.quiet + 1)
    turn.undo.set(frame, 'halted', true)
    tellItem(turn, frame, { index: child.slot, status: 'suspended', output: undefined })
    release(turn, frame)
    return endEarly(turn, frame)
  },
  childResumed(turn, frame, child) {
    const full = inFlight(frame) >= frame.concurrency
    turn.undo.set(frame, 'quiet', frame.quiet - 1)
    if (full) hold(turn, frame, child)
  },
  /** The items that were resumed are in flight again; where there is room new ones begin beside them. */
  resumed(turn, frame) {
    turn.undo.set(frame, 'halted', hasStopped(frame))
    take(turn, frame)
  },
  restore: restoreItems,
  revisit: revisitItem,
  revisited(turn, frame, child) {
    if (child.heldAt === undefined && inFlight(frame) > frame.concurrency) hold(turn, frame, child)
  },
  answered(turn, activity, event) {
    const { frame } = activity
    if (event.type === 'step-failed') return failActivity(turn, activity, event)
    if (event.type !== 'items-counted') return false
    close(turn, activity)
    counted(turn, frame, event)
    return true
  },
}
