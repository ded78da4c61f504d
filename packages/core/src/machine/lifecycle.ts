import { close, counts, issue } from './activity.js'
import { arrive, gateAhead, leave, pass } from './admission.js'
import type {
  CallbackSettled,
  RunContinued,
  RunEnded,
  RunRestarted,
  RunRested,
  RunResumed,
  RunStarted,
} from './event.js'
import type { RunAdmitted } from './gate-event.js'
import { kinds } from './kinds/index.js'
import { begin } from './kinds/workflow.js'
import { resumeActivity } from './resume.js'
import { settle } from './settle.js'
import { NOTHING, partOf, type Ref, type Source } from './source.js'
import type { Activity, EndStatus, Frame, RunState } from './state.js'
import { tellRun } from './telling.js'
import { dueOf, endWake, startWake } from './time.js'
import { beginTrace, keepTrace } from './trace.js'
import type { Turn } from './turn.js'

const has = (state: RunState, name: 'onStart' | 'onFinish' | 'onError'): boolean =>
  state.root.node.graph.callbacks.includes(name)

export function start(turn: Turn, event: RunStarted): boolean {
  const { state, undo } = turn
  if (state.phase !== 'unstarted') return false
  const input = partOf(turn.ref, 'input')
  undo.set(state, 'chunks', event.chunks)
  beginTrace(turn, event)
  undo.assign(state, { input, startedAt: turn.stamp, perStep: event.perStep === true, refused: undefined })
  undo.set(state.root, 'input', input)
  const initial = partOf(turn.ref, 'state')
  for (const key of event.state ?? []) undo.put(state.state, key, { by: turn.ref, source: partOf(initial, key) })
  writeContext(turn, partOf(turn.ref, 'context'), event.context ?? [])
  arrive(turn, event)
  const due = dueOf(turn, event)
  if (!due) return setOff(turn)
  undo.set(state, 'phase', 'scheduled')
  startWake(turn, state.root, due)
  return true
}

/** The moment has come for which a run was started. */
export function wakeRun(turn: Turn): void {
  endWake(turn, turn.state.root)
  setOff(turn)
}

function setOff(turn: Turn): true {
  turn.undo.set(turn.state, 'phase', 'queued')
  return gateAhead(turn.state) ? true : begins(turn)
}

/** Whoever let it through last lets it begin. */
export function admitted(turn: Turn, event: RunAdmitted): boolean {
  if (!pass(turn, event)) return false
  return turn.state.phase === 'queued' && !gateAhead(turn.state) ? begins(turn) : true
}

function begins(turn: Turn): true {
  const { state, undo } = turn
  if (!has(state, 'onStart')) return run(turn)
  undo.set(state, 'phase', 'starting')
  issue(turn, state.root, { part: 'onStart', input: state.input })
  return true
}

export function writeContext(turn: Turn, from: Source, keys: readonly string[]): void {
  for (const key of keys) turn.undo.put(turn.state.context, key, { by: turn.ref, source: partOf(from, key) })
}

/** A first callback that throws leaves the run as if it had never been started. */
export function callbackSettled(turn: Turn, activity: Activity, event: CallbackSettled): true {
  close(turn, activity)
  if (activity.part !== 'onStart') nextCallback(turn)
  else if (event.failed) unstart(turn, event.value ? turn.ref : NOTHING)
  else run(turn)
  return true
}

function run(turn: Turn): true {
  turn.undo.set(turn.state, 'phase', 'running')
  tellRun(turn, 'run-goes-on')
  begin(turn, turn.state.root)
  return true
}

function unstart(turn: Turn, refused: Ref): void {
  const { state, undo } = turn
  leave(turn)
  undo.assign(state, { phase: 'unstarted', refused, startedAt: undefined, perStep: false, input: NOTHING })
  undo.set(state.root, 'input', NOTHING)
  for (const map of [state.state, state.context]) undo.removeAll(map, [...map.keys()])
}

function nextCallback(turn: Turn): void {
  const { state, undo } = turn
  const [next, ...rest] = state.callbacks
  if (!next) return
  undo.set(state, 'callbacks', rest)
  issue(turn, state.root, { part: next, input: NOTHING })
}

function callBack(turn: Turn, names: readonly ('onFinish' | 'onError')[]): void {
  const { state, undo } = turn
  undo.set(state, 'callbacks', [...state.callbacks, ...names.filter((name) => has(state, name))])
  if (!state.root.activity) nextCallback(turn)
}

/** As what the run ends, once that is certain. */
export const endOf = ({ phase, outcome }: RunState): EndStatus | undefined =>
  phase === 'ending' ? (outcome?.status as EndStatus) : undefined

/** Whether nothing of the run's own work is in flight, and as what it then rests. */
export function restOf(state: RunState): 'suspended' | 'paused' | undefined {
  if (state.phase !== 'running' || state.rest) return undefined
  if (state.root.busy === 0) return 'suspended'
  return state.stepped && !inFlight(state) ? 'paused' : undefined
}

/** A callback of the run itself does not keep it from resting. */
const inFlight = (state: RunState): boolean =>
  [...state.activities.values()].some((activity) => activity.claim && counts(activity))

export function rested(turn: Turn, event: RunRested): boolean {
  const { state, undo } = turn
  if (restOf(state) !== event.as) return false
  undo.set(state, 'rest', event.as)
  undo.set(state, 'rests', state.rests + 1)
  leave(turn)
  tellRun(turn, event.as === 'suspended' ? 'run-suspended' : 'run-paused')
  if (event.as === 'suspended') callBack(turn, ['onFinish'])
  return true
}

/** All that a resume names is resumed, or nothing: somebody else was first with a part of it. */
export function resumed(turn: Turn, event: RunResumed): boolean {
  const { state } = turn
  if (state.phase !== 'running' || event.steps.length === 0) return false
  const steps = new Set(event.steps)
  const activities = [...steps].flatMap((key) => state.suspended.get(key) ?? [])
  if (activities.length < steps.size || !areMeant(activities, event)) return false
  goOn(turn, event)
  writeContext(turn, partOf(turn.ref, 'context'), event.context ?? [])
  const data = event.data ? partOf(turn.ref, 'data') : NOTHING
  const resume = { data, by: turn.ref, ...(event.label !== undefined && { label: event.label }) }
  for (const activity of activities) resumeActivity(turn, activity, { resume, attempt: event.retryCount ?? 0 })
  for (const activity of activities) tellResumed(turn, activity.frame)
  return true
}

/** A resume that comes late must not reach the next suspension of the same step. */
function areMeant(activities: readonly Activity[], { of }: RunResumed): boolean {
  const by = new Set(activities.map(({ suspension }) => suspension?.by))
  return !of || (of.length === by.size && of.every((ref) => by.has(ref)))
}

/** All that one resume names is under way again. */
export function tellResumed(turn: Turn, frame: Frame): void {
  for (let around: Frame | undefined = frame; around; around = around.parent) {
    kinds[around.node.kind].resumed?.(turn, around)
  }
}

function goOn(turn: Turn, event: RunResumed | RunContinued): void {
  keepTrace(turn, event)
  turn.undo.set(turn.state, 'rest', undefined)
  turn.undo.set(turn.state, 'perStep', event.perStep === true)
  turn.undo.set(turn.state, 'stepped', false)
  tellRun(turn, 'run-goes-on')
}

export function continued(turn: Turn, event: RunContinued): boolean {
  const { phase, rest, rests } = turn.state
  if (phase !== 'running' || rest !== 'paused' || (event.from ?? rests) !== rests) return false
  goOn(turn, event)
  writeContext(turn, partOf(turn.ref, 'context'), event.context ?? [])
  return true
}

export function restarted(turn: Turn, event: RunRestarted): boolean {
  if (!isUnderWay(turn.state)) return false
  keepTrace(turn, event)
  writeContext(turn, partOf(turn.ref, 'context'), event.context ?? [])
  return true
}

/** It has begun and not ended, and nobody has to resume it before it goes on. */
export const isUnderWay = ({ phase, rest }: RunState): boolean =>
  phase !== 'unstarted' && phase !== 'ended' && rest === undefined

/** Nothing more begins; what is still running has lost its claim, and what it returns is dropped. */
export function cancel(turn: Turn): boolean {
  const { state, undo } = turn
  if (state.outcome) return false
  undo.set(state, 'rest', undefined)
  settle(turn, state.root, { status: 'canceled', output: NOTHING, failure: undefined })
  tellRun(turn, 'run-canceled')
  return true
}

export function ended(turn: Turn, event: RunEnded): boolean {
  const { state, undo } = turn
  if (endOf(state) !== event.status) return false
  undo.set(state, 'phase', 'ended')
  undo.set(state, 'endedAt', turn.stamp)
  leave(turn)
  tellRun(turn, 'run-ended')
  const broken = event.status === 'failed' || event.status === 'tripwire'
  callBack(turn, broken ? ['onFinish', 'onError'] : ['onFinish'])
  return true
}
