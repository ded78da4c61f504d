import { isWorkflowError, type Run, type Workflow, type WorkflowResult } from '@wf/core'
import type { Move, Outcome } from './outcome.ts'
import type { Stage } from './stage.ts'

import { madeFrom } from './values.ts'

/** What somebody outside saw and did, from the start of a run to its end. */
export interface Driven {
  readonly moves: readonly Move[]
  /** At each rest what was told; one more than moves. */
  readonly outcomes: readonly Outcome[]
}

export const INPUT = 1

const told = { outputOptions: { includeResumeLabels: true, includeState: true } } as const

/** Every run ends: what is resumed goes on, and steps ask for a limited number of times. */
const MOST_RESTS = 400

/** Starts a run and resumes what is suspended, as numbers say, until it has ended. */
export async function drive(stage: Stage, workflow: Workflow, choices: readonly number[]): Promise<Driven> {
  const engine = await stage.engine(workflow)
  stage.sends((event) => engine.sendEvent(event))
  const run: Run = await engine.createRun(workflow)
  const moves: Move[] = []
  const outcomes = [outcomeOf(await stage.settle(run.start({ inputData: INPUT, ...told })))]
  for (let nth = 0; outcomes.at(-1)?.status === 'suspended'; nth += 1) {
    if (nth > MOST_RESTS) throw new Error('the run does not come to its end')
    const move = moveFor(outcomes.at(-1) as Outcome, choices[nth % Math.max(1, choices.length)] ?? 0)
    moves.push(move)
    outcomes.push(outcomeOf(await stage.settle(make(run, move))))
  }
  return { moves, outcomes }
}

/** One run in thirty or so is canceled at a rest; the others are resumed by label or by path. */
function moveFor({ labels = [], suspended = [] }: Outcome, choice: number): Move {
  if (choice === 99) return { do: 'cancel' }
  const data = madeFrom('data', choice)
  if (choice % 3 === 0) return { do: 'resume', path: suspended[choice % suspended.length] ?? '', data }
  return { do: 'resume', label: labels[choice % labels.length] ?? '', data }
}

async function make(run: Run, move: Move): Promise<WorkflowResult> {
  if (move.do === 'resume') {
    const target = 'label' in move ? { label: move.label } : { step: move.path }
    return run.resume({ ...target, resumeData: move.data, ...told })
  }
  await run.cancel()
  return run.start({ onConflict: 'attach', ...told })
}

export function outcomeOf(result: WorkflowResult): Outcome {
  const common = {
    status: result.status,
    steps: Object.fromEntries(recordsOf(result).map(([id, record]) => [id, bare(record)])),
    stepExecutionPath: result.stepExecutionPath,
    state: result.state as Readonly<Record<string, unknown>>,
  }
  if (result.status === 'success') return { ...common, result: result.result }
  if (result.status === 'failed') return { ...common, error: textOfError(result.error) }
  if (result.status === 'tripwire') return { ...common, error: result.tripwire.reason }
  if (result.status !== 'suspended') return common
  return {
    ...common,
    suspended: result.suspended.map((path) => path.join('.')),
    suspendPayload: result.suspendPayload,
    labels: Object.keys(result.resumeLabels ?? {}),
  }
}

type Told = Readonly<Record<string, unknown>>

const recordsOf = ({ steps }: WorkflowResult): readonly (readonly [string, Told])[] =>
  Object.entries(steps as unknown as Readonly<Record<string, Told>>).filter(([id]) => id !== 'input')

const FIELDS = ['status', 'payload', 'output', 'suspendPayload'] as const

function bare(record: Told): Told {
  const kept = FIELDS.filter((field) => field in record).map((field) => [field, record[field]])
  const error = record.error instanceof Error ? { error: textOfError(record.error) } : {}
  return { ...Object.fromEntries(kept), ...error }
}

const textOfError = (error: Error): string => (isWorkflowError(error) ? error.code : error.message)
