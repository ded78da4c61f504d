import type { TimeTravelled } from './event.js'
import { recordId } from './frame.js'
import { kinds } from './kinds/index.js'
import { writeContext } from './lifecycle.js'
import { writeRecord } from './record.js'
import { doneRecord, EMPTY } from './revisit.js'
import { loadRecord } from './saved-record.js'
import { type Child, enter, place } from './settle.js'
import { NOTHING, partOf, type Source } from './source.js'
import { type Activity, type Frame, type Results, type StepRecord, UNUSED } from './state.js'
import { startTime } from './time.js'
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
  replaceState(turn, event)
  writeContext(turn, partOf(turn.ref, 'context'), event.context ?? [])
  descend(turn, state.root, { event, places })
  return true
}

function openGeneration(turn: Turn, event: TimeTravelled): void {
  const { state, undo } = turn
  const { outcome, endedAt, phase, generation } = state
  if (outcome) undo.append(state.earlier, { outcome, endedAt })
  if (phase === 'unstarted') begin(turn, event)
  if (phase === 'ended') undo.set(state.root, 'used', UNUSED)
  undo.assign(state, { generation: generation + 1, phase: 'running', rest: undefined, outcome: undefined })
  undo.assign(state, { endedAt: undefined, perStep: event.perStep === true, stepped: false })
}

/** A run that was never started begins with the travel; what went into it may be given among the steps. */
function begin({ state, undo, ref, stamp }: Turn, { steps }: TimeTravelled): void {
  const input = steps?.['']?.includes('input') ? partOf(partOf(partOf(ref, 'steps'), ''), 'input') : EMPTY
  undo.assign(state, { startedAt: stamp, input, refused: undefined })
  undo.set(state.root, 'input', input)
}

function replaceState(turn: Turn, { state: keys }: TimeTravelled): void {
  if (!keys) return
  const { state, undo, ref } = turn
  for (const key of [...state.state.keys()]) undo.remove(state.state, key)
  const given = partOf(ref, 'state')
  for (const key of keys) undo.put(state.state, key, { by: ref, source: partOf(given, key) })
}

/** Frames on the way that are there still are gone through, so that what is suspended beside it stays so. */
function descend(turn: Turn, frame: Frame, way: Way): void {
  const [next, ...rest] = way.places
  const child = frame.children?.get(next.slot)
  goThrough(turn, frame, way)
  if (child && isWay(rest) && stays(child, rest[0])) {
    kinds[frame.node.kind].passed?.(turn, frame, child)
    descend(turn, child, { ...way, places: rest })
  } else goAnew(turn, frame, way)
  kinds[frame.node.kind].resumed?.(turn, frame)
}

/** The frame is under way, with results that were given for steps in it. */
function goThrough(turn: Turn, frame: Frame, { event }: Way): void {
  if (frame.record) {
    const startedAt = frame.record.startedAt ?? turn.stamp
    writeRecord(turn, frame, { status: 'running', startedAt, suspension: undefined, suspendedAt: undefined })
  }
  if (!frame.runsSince) startTime(turn, frame)
  if (kinds[frame.node.kind].encloses) takeResults(turn, frame, event)
}

function takeResults(turn: Turn, frame: Frame, { steps }: TimeTravelled): void {
  const given = partOf(partOf(turn.ref, 'steps'), frame.path)
  for (const id of steps?.[frame.path] ?? []) {
    if (frame === turn.state.root && id === 'input') continue
    const result = partOf(given, id)
    const came = { payload: partOf(result, 'payload'), output: partOf(result, 'output') }
    turn.undo.put(frame.inner.results, id, doneRecord(turn, id, came))
  }
}

function goAnew(turn: Turn, frame: Frame, way: Way): void {
  const { event } = way
  const [next, ...rest] = way.places
  const before = recordAt(frame, next)
  const revisited = kinds[frame.node.kind].revisit?.(turn, frame, { slot: next.slot, given: handedOn(turn, way) })
  const input = revisited?.input ?? NOTHING
  if (isWay(rest)) {
    const fresh = place(turn, frame, { ...next, input })
    restore(turn, fresh, { event, before })
    descend(turn, fresh, { event, places: rest })
  } else arrive(turn, frame, { event, before, child: { ...next, input: event.input ? given(turn) : input } })
  for (const other of revisited?.others ?? []) enter(turn, frame, { ...other, input })
}

/** What is known of the place from before; an item's record is its own. */
function recordAt(frame: Frame, { slot, node }: Place): StepRecord | undefined {
  const child = frame.children?.get(slot)
  if (child || kinds[frame.node.kind].apart === 'items') return child?.record
  return frame.inner.results.get(recordId(node))
}

const given = ({ ref }: Turn): Source => partOf(ref, 'input')

/** What the step before the place is taken to have come to when nothing is known of it: what the place gets. */
function handedOn(turn: Turn, { event, places }: Way): Source | undefined {
  const handsOn = places.slice(1).every(({ slot }, at) => {
    const apart = kinds[places[at]?.node.kind ?? 'step'].apart
    return apart === 'members' || (apart !== 'items' && slot === 0)
  })
  return event.input && handsOn ? given(turn) : undefined
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

function arrive(turn: Turn, parent: Frame, { event, before, child }: Left & { readonly child: Child }): void {
  const waiting = [...turn.state.ready.values()]
  const frame = place(turn, parent, child)
  kinds[frame.node.kind].enter(turn, frame)
  putBehind(turn, waiting)
  if (event.keeps) restore(turn, frame, { event, before })
  if (event.resume) enterResumed(turn, frame, before)
}

/** What a paused run was about to begin comes after the place that is gone to. */
function putBehind({ state, undo }: Turn, waiting: readonly Activity[]): void {
  for (const activity of waiting.toSorted((one, other) => one.seq - other.seq)) {
    undo.set(activity, 'seq', state.seq)
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
}
