import type { GraphNode } from '../graph/node.js'
import { close } from './activity.js'
import { arrive as arriveAtGates } from './admission.js'
import { recordOf, withRecords } from './came-to.js'
import type { TimeTravelled } from './event.js'
import { ownScope, recordId, workflowOf } from './frame.js'
import { kinds } from './kinds/index.js'
import type { Revisit, Revisited } from './kinds/kind.js'
import { writeContext } from './lifecycle.js'
import { writeRecord } from './record.js'
import { doneRecord, drop, EMPTY, forget } from './revisit.js'
import { loadRecord } from './saved-record.js'
import { type Child, enter, place } from './settle.js'
import { partOf, type Source } from './source.js'
import { type Activity, type Frame, type Results, type StepRecord, UNUSED } from './state.js'
import { tellBegun, tellRun } from './telling.js'
import { startTime } from './time.js'
import { keepTrace } from './trace.js'
import type { Turn } from './turn.js'
import { isQuiet, isWay, type Place, type Places, placesTo, stays } from './way.js'

interface Way {
  readonly event: TimeTravelled
  readonly places: Places
}

/** Goes on at another place, from what has ended or rests: what precedes it stays, what follows is run again. */
export function travelled(turn: Turn, event: TimeTravelled): boolean {
  const { state } = turn
  const places = placesTo(state.root.node.graph, event.to)
  const isMeant = event.generation === state.generation && event.rests === state.rests
  if (!isMeant || !isQuiet(state) || !isWay(places)) return false
  openGeneration(turn, event)
  keepTrace(turn, event)
  replaceState(turn, event)
  writeContext(turn, partOf(turn.ref, 'context'), event.context ?? [])
  descend(turn, state.root, { event, places })
  return true
}

function openGeneration(turn: Turn, event: TimeTravelled): void {
  const { state, undo } = turn
  const { outcome, startedAt, endedAt, phase, generation } = state
  if (outcome) undo.append(state.earlier, { outcome, endedAt })
  if (!startedAt) begin(turn, event)
  if (phase === 'ended') undo.set(state.root, 'used', UNUSED)
  undo.assign(state, { generation: generation + 1, phase: 'running', rest: undefined, outcome: undefined })
  undo.assign(state, { endedAt: undefined, perStep: event.perStep === true, stepped: false })
  tellRun(turn, 'run-goes-on')
}

/** A run that was never started begins with the travel; what went into it may be given among the steps. */
function begin(turn: Turn, event: TimeTravelled): void {
  const { state, undo, ref, stamp } = turn
  const { steps } = event
  arriveAtGates(turn, event)
  const input = steps?.['']?.includes('input') ? partOf(partOf(partOf(ref, 'steps'), ''), 'input') : EMPTY
  undo.assign(state, { startedAt: stamp, input, refused: undefined })
  undo.set(state.root, 'input', input)
}

function replaceState(turn: Turn, { state: keys }: TimeTravelled): void {
  if (!keys) return
  const { state, undo, ref } = turn
  undo.removeAll(state.state, [...state.state.keys()])
  const given = partOf(ref, 'state')
  for (const key of keys) undo.put(state.state, key, { by: ref, source: partOf(given, key) })
}

/** Frames on the way that are there still are gone through, so that what is suspended beside it stays so. */
function descend(turn: Turn, frame: Frame, way: Way): void {
  goThrough(turn, frame, way)
  const logic = kinds[frame.node.kind]
  const [next, ...rest] = way.places
  const before = recordAt(frame, next)
  const child = frame.children?.get(next.slot)
  const through = child && isWay(rest) && stays(child, rest[0]) ? child : undefined
  const place: Revisit = { slot: next.slot, given: handedOn(turn, way), stays: through !== undefined }
  const { input = EMPTY, others = [] }: Partial<Revisited> = { ...logic.revisit?.(turn, frame, place) }
  const entered = through ?? goAnew(turn, frame, { ...way, before, input })
  logic.revisited?.(turn, frame, entered)
  if (isWay(rest)) descend(turn, entered, { ...way, places: rest })
  else arrive(turn, entered, { ...way, before })
  for (const other of others) enterAnew(turn, frame, other)
  logic.resumed?.(turn, frame)
}

/** The frame is under way, with results that were given for steps in it; whatever it had asked is not asked any more. */
function goThrough(turn: Turn, frame: Frame, way: Way): void {
  if (frame.activity) close(turn, frame.activity)
  if (frame.record) {
    const startedAt = frame.record.startedAt ?? turn.stamp
    writeRecord(turn, frame, { status: 'running', startedAt, suspension: undefined, suspendedAt: undefined })
    tellBegun(turn, frame)
  }
  if (!frame.runsSince) startTime(turn, frame)
  if (ownScope(frame)) takeResults(turn, frame, way)
}

/** What is on the way itself is not given. */
function takeResults(turn: Turn, frame: Frame, { event, places }: Way): void {
  const { path } = workflowOf(frame)
  const around = partOf(partOf(turn.ref, 'steps'), path)
  const nodes = 'graph' in frame.node ? frame.node.graph.nodes : [frame.node]
  const ids = new Set(nodes.flatMap(withRecords).map(recordId))
  const next = places.find(({ node }) => kinds[node.kind].result !== 'none')
  if (next) ids.delete(recordId(next.node))
  for (const id of event.steps?.[path] ?? []) {
    if (!ids.has(id)) continue
    const result = partOf(around, id)
    const came = { payload: partOf(result, 'payload'), output: partOf(result, 'output') }
    turn.undo.put(frame.inner.results, id, doneRecord(turn, id, came))
  }
}

/** What is known of the place from before; an item's record is its own. */
function recordAt(frame: Frame, { slot, node }: Place): StepRecord | undefined {
  const child = frame.children?.get(slot)
  if (child || kinds[frame.node.kind].apart === 'items') return child?.record
  return recordOf(frame.inner.results, node)
}

const given = ({ ref }: Turn): Source => partOf(ref, 'input')

/** Whether what comes to the first of these places comes to the last. */
function handsOn([here, ...below]: Places): boolean {
  if (!isWay(below)) return true
  const { apart } = kinds[here.node.kind]
  return (apart === 'members' || (apart !== 'items' && below[0].slot === 0)) && handsOn(below)
}

/** What the step before the place is taken to have come to when nothing is known of it: what the place gets. */
const handedOn = (turn: Turn, { event, places }: Way): Source | undefined =>
  event.input && handsOn(places) ? given(turn) : undefined

interface Anew extends Way {
  readonly before: StepRecord | undefined
  readonly input: Source
}

/** Makes a place that is not there, or is not to be there any longer. */
function goAnew(turn: Turn, frame: Frame, { event, places, before, input }: Anew): Frame {
  const [next, ...rest] = places
  drop(turn, frame, next.slot)
  if (!isWay(rest)) {
    forgetBlock(turn, frame, next.node)
    return place(turn, frame, { ...next, input: event.input ? given(turn) : input })
  }
  const fresh = place(turn, frame, { ...next, input: parsedInput(frame, { event, places, before }) ?? input })
  restore(turn, fresh, { event, before })
  return fresh
}

/** A workflow that is entered again goes on with what its schema had made of its input. */
function parsedInput(frame: Frame, { event, places: [next], before }: Omit<Anew, 'input'>): Source | undefined {
  return kinds[next.node.kind].encloses && !isGiven(event, frame) ? before?.payload : undefined
}

/** Other results are given for steps around, so what they handed on is not what they hand on now. */
const isGiven = ({ steps }: TimeTravelled, frame: Frame): boolean => steps?.[workflowOf(frame).path] !== undefined

/** A block that runs again tells nothing of what it was; of a step the record is made anew, and of an item all that is in it. */
function forgetBlock(turn: Turn, frame: Frame, node: GraphNode): void {
  if (kinds[node.kind].result === 'none' && kinds[frame.node.kind].apart !== 'items') forget(turn, frame, [node])
}

function enterAnew(turn: Turn, frame: Frame, child: Child): void {
  forgetBlock(turn, frame, child.node)
  enter(turn, frame, child)
}

/** What folds that keep inner results know of those in a workflow that was left. */
function innerBefore({ parent, slot }: Frame, before: StepRecord | undefined): Results | undefined {
  const isItem = parent !== undefined && kinds[parent.node.kind].apart === 'items'
  return isItem ? parent.record?.items?.get(slot) : before?.inner
}

interface Left {
  readonly event: TimeTravelled
  readonly before: StepRecord | undefined
}

function restore(turn: Turn, frame: Frame, { event, before }: Left): void {
  const known = innerBefore(frame, before)
  for (const saved of event.within?.[frame.path] ?? []) {
    const { inner, items } = known?.get(saved.id) ?? {}
    turn.undo.put(frame.inner.results, saved.id, { ...loadRecord(saved), inner, items })
  }
  if (before) kinds[frame.node.kind].restore?.(turn, frame, before)
}

function arrive(turn: Turn, frame: Frame, left: Left): void {
  const waiting = [...turn.state.ready.values()]
  kinds[frame.node.kind].enter(turn, frame)
  putBehind(turn, waiting)
  if (left.event.keeps && !isGiven(left.event, frame)) restore(turn, frame, left)
  if (left.event.resume) enterResumed(turn, frame, left.before)
}

/** What a paused run was about to begin comes after the place that is gone to. */
function putBehind({ state, undo }: Turn, waiting: readonly Activity[]): void {
  for (const activity of waiting.toSorted((one, other) => one.seq - other.seq)) {
    undo.remove(state.ready, activity.key)
    undo.set(activity, 'seq', state.seq)
    undo.put(state.ready, activity.key, activity)
    undo.set(state, 'seq', state.seq + 1)
  }
}

/** The step is entered as if it had been suspended and were resumed now. */
function enterResumed(turn: Turn, frame: Frame, before: StepRecord | undefined): void {
  const { activity } = frame
  if (activity?.part !== 'body') return
  const { ref, stamp, undo } = turn
  const resume = { data: partOf(ref, 'resumeData'), by: ref }
  undo.assign(activity, { resume, leg: 1, suspension: before?.suspension })
  writeRecord(turn, frame, { resume, resumedAt: stamp })
  tellBegun(turn, frame)
}
