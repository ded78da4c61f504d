import { close, issue } from './activity.js'
import type { CallbackSettled, RunContinued, RunEnded, RunRested, RunResumed, RunStarted } from './event.js'
import { kinds } from './kinds/index.js'
import { begin } from './kinds/workflow.js'
import { resumeActivity } from './resume.js'
import { empty, settle } from './settle.js'
import { NOTHING, partOf, type Source } from './source.js'
import type { Activity, Frame, RunState } from './state.js'
import type { Turn } from './turn.js'

const has = (state: RunState, name: 'onStart' | 'onFinish' | 'onError'): boolean =>
  state.root.node.graph.callbacks.includes(name)

export function start(turn: Turn, event: RunStarted): boolean {
  const { state, undo } = turn
  if (state.phase !== 'unstarted' || state.outcome) return false
  const input = partOf(turn.ref, 'input')
  undo.set(state, 'input', input)
  undo.set(state.root, 'input', input)
  undo.set(state, 'startedAt', turn.stamp)
  undo.set(state, 'perStep', event.perStep === true)
  const initial = partOf(turn.ref, 'state')
  for (const key of event.state ?? []) undo.put(state.state, key, { by: turn.ref, source: partOf(initial, key) })
  writeContext(turn, partOf(turn.ref, 'context'), event.context ?? [])
  undo.set(state, 'phase', has(state, 'onStart') ? 'starting' : 'running')
  if (has(state, 'onStart')) issue(turn, state.root, { part: 'onStart', input })
  else begin(turn, state.root)
  return true
}

export function writeContext(turn: Turn, from: Source, keys: readonly string[]): void {
  for (const key of keys) turn.undo.put(turn.state.context, key, { by: turn.ref, source: partOf(from, key) })
}

/** A first callback that throws leaves the run as if it had never been started. */
export function callbackSettled(turn: Turn, activity: Activity, event: CallbackSettled): void {
  const { state, undo } = turn
  close(turn, activity)
  if (activity.part !== 'onStart') return nextCallback(turn)
  undo.set(state, 'phase', event.failed ? 'unstarted' : 'running')
  if (!event.failed) return begin(turn, state.root)
  undo.set(state, 'startedAt', undefined)
  undo.set(state, 'perStep', false)
  for (const key of [...state.state.keys()]) undo.remove(state.state, key)
  for (const key of [...state.context.keys()]) undo.remove(state.context, key)
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

/** Whether nothing of the run's own work is in flight, and as what it then rests. */
export function restOf(state: RunState): 'suspended' | 'paused' | undefined {
  if (state.phase !== 'running' || state.rest) return undefined
  if (state.root.busy === 0) return 'suspended'
  return state.stepped && inFlight(state) === 0 ? 'paused' : undefined
}

/** Claims that stand. */
function inFlight(state: RunState): number {
  let count = 0
  for (const activity of state.activities.values())
    if (activity.claim && activity.frame.activity === activity) count += 1
  return count
}

export function rested(turn: Turn, event: RunRested): boolean {
  const { state, undo } = turn
  if (restOf(state) !== event.as) return false
  undo.set(state, 'rest', event.as)
  undo.set(state, 'rests', state.rests + 1)
  if (event.as === 'suspended') callBack(turn, ['onFinish'])
  return true
}

/** All that a resume names is resumed, or nothing: somebody else was first with a part of it. */
export function resumed(turn: Turn, event: RunResumed): boolean {
  const { state } = turn
  if (state.phase !== 'running' || event.steps.length === 0) return false
  const activities = event.steps.map((key) => state.suspended.get(key))
  if (activities.includes(undefined)) return false
  goOn(turn, event.perStep === true)
  writeContext(turn, partOf(turn.ref, 'context'), event.context ?? [])
  const how = { data: event.data ? partOf(turn.ref, 'data') : NOTHING, attempt: event.retryCount ?? 0 }
  for (const activity of activities) if (activity) resumeActivity(turn, activity, how)
  for (const activity of activities) if (activity) tellAround(turn, activity.frame)
  return true
}

function tellAround(turn: Turn, frame: Frame): void {
  for (let around: Frame | undefined = frame; around; around = around.parent) {
    kinds[around.node.kind].resumed?.(turn, around)
  }
}

function goOn(turn: Turn, perStep: boolean): void {
  turn.undo.set(turn.state, 'rest', undefined)
  turn.undo.set(turn.state, 'perStep', perStep)
  turn.undo.set(turn.state, 'stepped', false)
}

export function continued(turn: Turn, event: RunContinued): boolean {
  if (turn.state.phase !== 'running' || turn.state.rest !== 'paused') return false
  goOn(turn, event.perStep === true)
  return true
}

/** Nothing more begins; what is still running has lost its claim, and what it returns is dropped. */
export function cancel(turn: Turn): boolean {
  const { state, undo } = turn
  if (state.phase === 'ending' || state.phase === 'ended') return false
  undo.set(state, 'rest', undefined)
  empty(turn, state.root)
  settle(turn, state.root, { status: 'canceled', output: NOTHING, failure: undefined })
  return true
}

export function ended(turn: Turn, event: RunEnded): boolean {
  const { state, undo } = turn
  if (state.phase !== 'ending' || state.outcome?.status !== event.status) return false
  undo.set(state, 'phase', 'ended')
  undo.set(state, 'endedAt', turn.stamp)
  const broken = event.status === 'failed' || event.status === 'tripwire'
  callBack(turn, broken ? ['onFinish', 'onError'] : ['onFinish'])
  return true
}
