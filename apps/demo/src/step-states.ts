import type { Why, WorkflowState } from '@wf/core'
import type { OutlineLine } from './outline.ts'

export type StepState = 'open' | 'running' | 'waiting' | 'suspended' | 'done' | 'failed' | 'skipped'

type Seen = Readonly<Record<string, StepState>>

export const keyOf = (step: readonly string[]): string => step.join(' › ')

const whyStates = {
  start: 'open',
  resume: 'suspended',
  timer: 'waiting',
  running: 'running',
  ready: 'running',
  callback: 'running',
} as const

const recordStates: Readonly<Record<string, StepState>> = {
  success: 'done',
  bailed: 'done',
  failed: 'failed',
  tripwire: 'failed',
  canceled: 'skipped',
  suspended: 'suspended',
  running: 'running',
  waiting: 'waiting',
}

/** The state of every line that has one: from the records of steps, and from what the run says it waits for. */
export function stepStates(lines: readonly OutlineLine[], now: { run: WorkflowState; why: Why; before: Seen }): Seen {
  const waits = new Map(now.why.waitsFor.map(({ kind, step }) => [keyOf(step), whyStates[kind]]))
  const states: Record<string, StepState> = {}
  for (const { step } of lines) if (step) states[keyOf(step)] = stateOf(step, { ...now, waits, states })
  return withSkipped(states, now.run.status)
}

interface Look {
  readonly run: WorkflowState
  readonly before: Seen
  readonly waits: ReadonlyMap<string, StepState>
  /** Those of the lines above. */
  readonly states: Seen
}

function stateOf(step: readonly string[], { run, before, waits, states }: Look): StepState {
  const key = keyOf(step)
  const waiting = waits.get(key)
  if (waiting) return waiting
  const [id = ''] = step
  if (step.length === 1) return recordStates[String(run.steps[id]?.status)] ?? 'open'
  // Records of a nested workflow fold into its own: a step of it that was under way and is no more has ended.
  const wasBusy = before[key] !== undefined && before[key] !== 'open'
  return wasBusy || states[id] === 'done' ? 'done' : 'open'
}

/** What has nothing to say while something behind it has was passed by. */
function withSkipped(states: Seen, status: string): Seen {
  let later = status === 'success'
  const told = Object.entries(states).reverse()
  const settled = told.map(([key, state]): readonly [string, StepState] => {
    if (state === 'open') return [key, later ? 'skipped' : 'open']
    later ||= !key.includes(' › ')
    return [key, state]
  })
  return Object.fromEntries(settled.reverse())
}
