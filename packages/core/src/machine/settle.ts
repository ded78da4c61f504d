import type { GraphNode } from '../graph/node.js'
import { close } from './activity.js'
import { createFrame, hasRecord, recordId } from './frame.js'
import { kinds } from './kinds/index.js'
import { mergeUp } from './overlay.js'
import { NOTHING, type Source } from './source.js'
import type { Frame, Settled, StepRecord, StepStatus } from './state.js'
import { endWake, stopTime } from './time.js'
import type { Turn } from './turn.js'

export const succeeded = (output: Source): Settled => ({ status: 'success', output, failure: undefined })

interface Child {
  readonly slot: number
  readonly node: GraphNode
  readonly input: Source
}

/** Enters a node below a frame. */
export function enter(turn: Turn, parent: Frame, { slot, node, input }: Child): void {
  const frame = createFrame(node, { parent, slot }, input)
  if (!parent.children) turn.undo.set(parent, 'children', new Map())
  if (parent.children) turn.undo.put(parent.children, slot, frame)
  if (parent === turn.state.root && hasRecord(node)) turn.undo.append(turn.state.trail, node.id)
  if (kinds[node.kind].result !== 'none') beginRecord(turn, frame)
  kinds[node.kind].enter(turn, frame)
}

function beginRecord(turn: Turn, frame: Frame): void {
  const { parent } = frame
  const record: StepRecord = {
    id: recordId(frame.node),
    status: 'running',
    payload: frame.input,
    output: NOTHING,
    failure: undefined,
    startedAt: turn.stamp,
    endedAt: undefined,
    suspension: undefined,
    suspendedAt: undefined,
    resume: undefined,
    resumedAt: undefined,
    iterationCount: parent && kinds[parent.node.kind].iterates ? parent.position + 1 : undefined,
    inner: undefined,
  }
  turn.undo.set(frame, 'record', record)
  // An item's record is its own: the foreach answers for all of them under one id.
  if (!parent || kinds[parent.node.kind].apart !== 'items') turn.undo.put(frame.scope.results, record.id, record)
}

export function setStatus(turn: Turn, frame: Frame, status: StepStatus): void {
  if (frame.record) turn.undo.set(frame.record, 'status', status)
}

/** Writes what a frame came to, drops what is left in it, and tells its parent. */
export function settle(turn: Turn, frame: Frame, settled: Settled): void {
  empty(turn, frame)
  closeRecord(turn, frame, settled)
  mergeUp(turn, frame)
  const { parent, slot } = frame
  if (!parent) return decide(turn, settled)
  if (parent.children) turn.undo.remove(parent.children, slot)
  kinds[parent.node.kind].childSettled?.(turn, parent, { slot, settled, frame })
}

/** The workflow itself has come to an end; the driver will write that down. */
export function decide(turn: Turn, settled: Settled): void {
  const { state, undo } = turn
  undo.set(state, 'outcome', settled)
  undo.set(state, 'phase', 'ending')
}

function closeRecord(turn: Turn, frame: Frame, settled: Settled): void {
  const { undo, stamp } = turn
  const { record } = frame
  if (!record) return
  const bailedMember = settled.status === 'bailed' && endsMember(frame)
  undo.set(record, 'status', settled.status === 'bailed' && !bailedMember ? 'success' : settled.status)
  undo.set(record, 'output', settled.output)
  undo.set(record, 'failure', settled.failure)
  undo.set(record, 'endedAt', stamp)
  undo.set(record, 'suspension', undefined)
  undo.set(record, 'suspendedAt', undefined)
  if (turn.state.keepInner && kinds[frame.node.kind].encloses) undo.set(record, 'inner', frame.inner.results)
}

/** A bail ends the innermost workflow, or before that the member of a parallel or branch that it comes from. */
function endsMember(frame: Frame): boolean {
  for (let around = frame.parent; around; around = around.parent) {
    if (kinds[around.node.kind].apart === 'members') return true
    if (kinds[around.node.kind].encloses) return false
  }
  return false
}

/** Drops everything outstanding in a frame: it will not be run, resumed or waited for. */
export function empty(turn: Turn, frame: Frame): void {
  for (const child of frame.children?.values() ?? []) {
    empty(turn, child)
    cancelRecord(turn, child)
  }
  if (frame.activity) close(turn, frame.activity)
  endWake(turn, frame)
  stopTime(turn, frame)
}

/** A step that was suspended stays so in the record of a run that went on without it. */
function cancelRecord(turn: Turn, frame: Frame): void {
  const { record } = frame
  if (!record || (record.status !== 'running' && record.status !== 'waiting')) return
  turn.undo.set(record, 'status', 'canceled')
  turn.undo.set(record, 'endedAt', turn.stamp)
}
