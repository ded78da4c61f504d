import { isTripWire, WorkflowError } from '../errors/index.js'
import {
  type Frame,
  gateAhead,
  NOTHING,
  type RunState,
  type Settled,
  type StepRecord,
  suspendedIn,
  visibleState,
} from '../machine/index.js'
import { traceIdsOf } from '../telemetry/tracing-options.js'
import type { Fold } from './fold.js'
import { readObject } from './scene.js'
import { setOwn } from './values.js'

type Failure = NonNullable<StepRecord['failure']>

/** A step as results tell it. */
export type Told = Record<string, unknown>

/** How a run came to rest, as `start` and `resume` give it back. */
export interface AnyResult extends Record<string, unknown> {
  readonly status: string
  readonly runId: string
  readonly steps: Readonly<Record<string, Told>>
}

export interface OutputOptions {
  readonly includeState?: boolean
  readonly includeResumeLabels?: boolean
}

export function statusOf(state: RunState): string {
  if (state.phase === 'ended' || state.phase === 'ending') return state.outcome?.status ?? 'running'
  if (state.phase === 'scheduled' || gateAhead(state)) return 'waiting'
  if (state.phase !== 'running') return 'pending'
  if (state.rest) return state.rest
  const waits = state.ready.size === 0 && state.activities.size === state.suspended.size
  return waits && state.timers.size + state.waits.size > 0 ? 'waiting' : 'running'
}

/** The status and what belongs to it. Without a verdict the run is suspended. */
export function outcomeFields(fold: Fold, verdict: Settled | undefined): Record<string, unknown> {
  const { values, state } = fold
  if (!verdict) return state.rest === 'paused' ? { status: 'paused' } : suspensionFields(fold)
  const { status, output, failure } = verdict
  if (status === 'success') return { status, result: values.read(output) }
  if (status === 'failed') return { status, error: errorOf(fold, failure) }
  if (status === 'tripwire') return { status, tripwire: tripwireOf(errorOf(fold, failure)) }
  return { status }
}

/** A failure is recorded also where its error could not be. */
export function errorOf({ values }: Fold, failure: Failure | undefined): unknown {
  const text = 'what was thrown could not be recorded: its value was refused, and so was the refusal'
  return values.read(failure?.error ?? NOTHING) ?? new WorkflowError('WF_STORAGE', text)
}

export function tripwireOf(error: unknown): Record<string, unknown> {
  if (!isTripWire(error)) return { reason: error instanceof Error ? error.message : String(error) }
  const { reason, options, processorId } = error
  return { reason, ...options, ...(processorId !== undefined && { processorId }) }
}

function suspensionFields(fold: Fold): Record<string, unknown> {
  const paths = new Map<string, readonly string[]>()
  const payloads: Record<string, unknown> = {}
  for (const activity of suspendedIn(fold.state)) {
    const path = idPath(activity.frame)
    paths.set(JSON.stringify(path), path)
    const top = path[0] ?? ''
    if (!Object.hasOwn(payloads, top)) setOwn(payloads, top, fold.values.read(activity.suspension?.payload ?? 0))
  }
  return {
    status: 'suspended',
    suspended: [...paths.values()],
    suspendPayload: payloads,
    resumeLabels: resumeLabels(fold),
  }
}

/** The ids by which a step is found from outside: nested workflows from the outermost inwards, then the step. */
export function idPath(frame: Frame): readonly string[] {
  const ids: string[] = []
  for (let around: Frame | undefined = frame; around?.parent; around = around.parent) {
    if (around === frame || 'graph' in around.node) ids.push(around.node.id)
  }
  return ids.reverse()
}

/** Of each foreach that a frame belongs to the item, from the outermost inwards. */
export function itemIndexes(frame: Frame): readonly number[] {
  const indexes: number[] = []
  for (let around: Frame = frame; around.parent; around = around.parent) {
    const { node } = around.parent
    if ('body' in node && !('loopType' in node)) indexes.push(around.slot)
  }
  return indexes.reverse()
}

/** The item of the outermost foreach that a frame belongs to. */
export const itemIndex = (frame: Frame): number | undefined => itemIndexes(frame)[0]

export function resumeLabels({ state }: Fold): Record<string, unknown> {
  const labels: Record<string, unknown> = {}
  for (const { frame, suspension } of suspendedIn(state)) {
    const foreachIndex = itemIndex(frame)
    const place = { stepId: idPath(frame)[0], ...(foreachIndex !== undefined && { foreachIndex }) }
    for (const label of suspension?.labels ?? []) if (!Object.hasOwn(labels, label)) setOwn(labels, label, place)
  }
  return labels
}

export function stepRecords(fold: Fold, frame: Frame): Record<string, Told> {
  const steps: Record<string, Told> = {}
  setOwn(steps, 'input', fold.values.read(frame.input))
  for (const [id, record] of frame.inner.results) if (record.startedAt) setOwn(steps, id, stepRecord(fold, record))
  for (const child of suspendedContainers(frame)) addNestedPayload(fold, child, steps)
  return steps
}

/** Ids of those of a workflow's own steps that have begun, in that order. */
export function stepPath({ state }: Fold, frame: Frame): readonly string[] {
  const ids = frame.parent ? [...frame.inner.results.keys()] : state.trail
  return ids.filter((id) => frame.inner.results.get(id)?.startedAt !== undefined)
}

/** One step as results tell it. Times are epoch milliseconds. */
export function stepRecord(fold: Fold, record: StepRecord): Record<string, unknown> {
  const { values, state } = fold
  // In a run that rests nothing runs: what goes on later is as paused as the run.
  const isPaused = record.status === 'running' && state.rest === 'paused'
  if (wentThrough(record)) return toldPlainly(fold, record)
  const told: Record<string, unknown> = {
    status: isPaused ? 'paused' : record.status,
    payload: values.read(record.payload),
    startedAt: record.startedAt?.at,
  }
  if (record.resume)
    Object.assign(told, { resumePayload: values.read(record.resume.data), resumedAt: record.resumedAt?.at })
  if (record.suspension) {
    told.suspendPayload = values.read(record.suspension.payload)
    const output = values.read(record.suspension.output)
    if (output !== undefined) told.suspendOutput = output
  }
  if (record.suspendedAt) told.suspendedAt = record.suspendedAt.at
  if (record.status === 'success' || record.status === 'bailed') told.output = values.read(record.output)
  if (record.failure) tellFailure(fold, record.failure, told)
  if (record.endedAt) told.endedAt = record.endedAt.at
  if (record.iterationCount !== undefined) told.metadata = { iterationCount: record.iterationCount }
  return told
}

/** It was never suspended, and nothing went wrong: so are nearly all. */
function wentThrough(record: StepRecord): boolean {
  const isSimple = !record.resume && !record.suspension && !record.suspendedAt && !record.failure
  return isSimple && record.status === 'success' && record.endedAt !== undefined && record.iterationCount === undefined
}

/** All at once: an object that grows is made anew on the way. */
const toldPlainly = ({ values }: Fold, { status, payload, startedAt, output, endedAt }: StepRecord): Told => ({
  status,
  payload: values.read(payload),
  startedAt: startedAt?.at,
  output: values.read(output),
  endedAt: endedAt?.at,
})

function tellFailure(fold: Fold, failure: Failure, told: Record<string, unknown>): void {
  const error = errorOf(fold, failure)
  told.error = error
  if (failure.tripwire) Object.assign(told, { status: 'failed', tripwire: tripwireOf(error) })
  if (failure.nonRetryable) told.nonRetryable = true
}

/** Nested workflows and foreaches right below a workflow in which everything left is suspended. */
function suspendedContainers(frame: Frame): readonly Frame[] {
  const found: Frame[] = []
  for (const child of frame.children?.values() ?? []) {
    if (child.record?.status === 'suspended' && !child.activity) found.push(child)
    else if (!('graph' in child.node)) found.push(...suspendedContainers(child))
  }
  return found
}

function addNestedPayload(fold: Fold, container: Frame, steps: Record<string, Told>): void {
  const leaf = suspendedIn(fold.state).find(({ frame }) => isBelow(frame, container))
  const record = container.record && steps[container.record.id]
  if (leaf && record) record.suspendPayload = fold.values.read(leaf.suspension?.payload ?? 0)
}

function isBelow(frame: Frame, container: Frame): boolean {
  for (let around: Frame | undefined = frame; around; around = around.parent) if (around === container) return true
  return false
}

/** The result of a run that rests or has ended. */
export function resultOf(fold: Fold, runId: string, options: OutputOptions = {}): AnyResult {
  const { state, values } = fold
  const { resumeLabels: labels, ...fields } = outcomeFields(fold, state.outcome)
  return {
    ...(fields as { status: string }),
    runId,
    input: values.read(state.input),
    steps: stepRecords(fold, state.root),
    stepExecutionPath: stepPath(fold, state.root),
    ...traceIdsOf(state.traces[0]),
    ...(hasLabels(labels, options) && { resumeLabels: labels }),
    ...(options.includeState
      ? {
          state: readObject(
            fold,
            [...visibleState(state, state.root)].map(([key, { source }]) => [key, source] as const),
          ),
        }
      : {}),
  }
}

/** Labels are told when there are some, or when the caller wants to see that there are none. */
const hasLabels = (labels: unknown, { includeResumeLabels }: OutputOptions): boolean =>
  typeof labels === 'object' && labels !== null && (includeResumeLabels === true || Object.keys(labels).length > 0)
