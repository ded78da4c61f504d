import type { GraphNode } from '../graph/node.js'
import { close } from './activity.js'
import { FewMap } from './few-map.js'
import { createFrame, hasRecord, inPlaceOrder, recordId } from './frame.js'
import { kinds } from './kinds/index.js'
import { mergeUp } from './overlay.js'
import { writeRecord } from './record.js'
import { NOTHING, type Source } from './source.js'
import type { Frame, Settled, StepRecord } from './state.js'
import { hasBegun, tellStep } from './telling.js'
import { endWake, stopTime } from './time.js'
import type { Turn } from './turn.js'
import { dropWait } from './waits.js'

export const succeeded = (output: Source): Settled => ({ status: 'success', output, failure: undefined })

export const bailed = (output: Source): Settled => ({ status: 'bailed', output, failure: undefined })

export interface Child {
  readonly slot: number
  readonly node: GraphNode
  readonly input: Source
}

/** Enters a node below a frame. */
export function enter(turn: Turn, parent: Frame, child: Child): void {
  kinds[child.node.kind].enter(turn, place(turn, parent, child))
}

/** Makes the frame of a node and what will be known of it, without beginning anything. */
export function place(turn: Turn, parent: Frame, { slot, node, input }: Child): Frame {
  const frame = createFrame(node, { parent, slot }, input)
  turn.undo.put(childrenOf(turn, parent), slot, frame)
  if (parent === turn.state.root && hasRecord(node)) turn.undo.append(turn.state.trail, node.id)
  if (kinds[node.kind].result !== 'none') beginRecord(turn, parent, frame)
  return frame
}

function childrenOf(turn: Turn, parent: Frame): FewMap<number, Frame> {
  const children = parent.children ?? new FewMap<number, Frame>()
  if (!parent.children) turn.undo.set(parent, 'children', children)
  return children
}

function beginRecord(turn: Turn, parent: Frame, frame: Frame): void {
  const { iterates } = kinds[parent.node.kind]
  const id = recordId(frame.node)
  const record: StepRecord = {
    id,
    status: 'running',
    payload: frame.input,
    output: NOTHING,
    failure: undefined,
    // What is known of the iteration before is not to vanish until the next one begins.
    startedAt: goesRound(frame) && isKnown(frame, id) ? turn.stamp : undefined,
    endedAt: undefined,
    suspension: undefined,
    suspendedAt: undefined,
    resume: undefined,
    resumedAt: undefined,
    iterationCount: iterates ? parent.position + 1 : undefined,
    counted: undefined,
    done: undefined,
    inner: undefined,
    items: undefined,
  }
  turn.undo.set(frame, 'record', record)
  // An item's record is its own: the foreach answers for all of them under one id.
  if (kinds[parent.node.kind].apart !== 'items') turn.undo.put(frame.scope.results, record.id, record)
}

/** Whether it is in a loop that has been through once. */
function goesRound({ parent }: Frame): boolean {
  if (!parent || kinds[parent.node.kind].encloses) return false
  return (kinds[parent.node.kind].iterates === true && parent.position > 0) || goesRound(parent)
}

const isKnown = ({ scope }: Frame, id: string): boolean => scope.results.get(id)?.startedAt !== undefined

/** Writes what a frame came to, drops what is left in it, and tells its parent. */
export function settle(turn: Turn, frame: Frame, settled: Settled): void {
  empty(turn, frame)
  closeRecord(turn, frame, settled)
  mergeUp(turn, frame)
  const { parent, slot } = frame
  if (!parent) return decide(turn, settled)
  turn.undo.remove(parent.children, slot)
  kinds[parent.node.kind].childSettled?.(turn, parent, { slot, settled, frame })
}

/** The workflow itself has come to an end; the driver will write that down. Callbacks of earlier rests are dropped. */
function decide(turn: Turn, settled: Settled): void {
  const { state, undo } = turn
  undo.assign(state, { outcome: settled, phase: 'ending', callbacks: [] })
}

function closeRecord(turn: Turn, frame: Frame, settled: Settled): void {
  if (frame.record) endRecord(turn, frame, settled)
  tellStep(turn, 'step-over', frame)
  if (settled.status !== 'success') keepDone(turn, frame)
  keepInner(turn, frame)
}

/** Field by field: an object of changes would be made and walked through at the end of every step. */
function endRecord({ undo, stamp }: Turn, frame: Frame, { status, output, failure }: Settled): void {
  const record = frame.record as StepRecord
  undo.set(record, 'suspension', undefined)
  undo.set(record, 'suspendedAt', undefined)
  undo.set(record, 'status', status === 'bailed' && !endsMember(frame) ? 'success' : status)
  undo.set(record, 'output', output)
  undo.set(record, 'failure', failure)
  undo.set(record, 'endedAt', stamp)
}

/** What a later time travel builds on: items that have succeeded need not run again. */
function keepDone(turn: Turn, frame: Frame): void {
  if (kinds[frame.node.kind].apart === 'items') writeRecord(turn, frame, { done: [...frame.outputs] })
}

/** The foreach keeps what its items leave behind: their own records are gone with them. */
function keepInner(turn: Turn, frame: Frame): void {
  const { parent, slot, inner } = frame
  if (!turn.state.keepInner || !kinds[frame.node.kind].encloses) return
  if (!parent?.record || kinds[parent.node.kind].apart !== 'items')
    return writeRecord(turn, frame, { inner: inner.results })
  const items = parent.record.items ?? new Map()
  if (!parent.record.items) writeRecord(turn, parent, { items })
  turn.undo.put(items, slot, inner.results)
}

/** A bail ends the innermost workflow, or before that the member of a parallel or branch that it comes from. */
function endsMember(frame: Frame): boolean {
  let around = frame.parent
  while (around && !kinds[around.node.kind].encloses && kinds[around.node.kind].apart !== 'members')
    around = around.parent
  return around !== undefined && kinds[around.node.kind].apart === 'members'
}

/** Drops everything outstanding in a frame: it will not be run, resumed or waited for. */
export function empty(turn: Turn, frame: Frame): void {
  if (frame.children) emptyAll(turn, frame)
  if (frame.activity) close(turn, frame.activity)
  endWake(turn, frame)
  dropWait(turn, frame)
  stopTime(turn, frame)
}

function emptyAll(turn: Turn, frame: Frame): void {
  for (const child of inPlaceOrder(frame)) {
    const begun = hasBegun(child)
    keepSuspension(turn, child)
    empty(turn, child)
    cancelRecord(turn, child, begun)
    keepDone(turn, child)
    keepInner(turn, child)
  }
  turn.undo.set(frame, 'children', undefined)
}

/** What is around suspended steps is told with the payload of the first of them, also when they are gone. */
function keepSuspension(turn: Turn, frame: Frame): void {
  if (frame.record?.status !== 'suspended' || frame.activity) return
  let first: Frame | undefined = frame
  while (first && !first.activity) first = inPlaceOrder(first)[0]
  writeRecord(turn, frame, { suspension: first?.activity?.suspension })
}

/** A step that was suspended stays so in the record of a run that went on without it. */
function cancelRecord(turn: Turn, frame: Frame, begun: boolean): void {
  const status = frame.record?.status
  if (status !== 'running' && status !== 'waiting') return
  writeRecord(turn, frame, { status: 'canceled', endedAt: turn.stamp })
  if (begun) tellStep(turn, 'step-over', frame)
}
