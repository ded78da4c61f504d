import { isWorkflowError, type Run, type Workflow, type WorkflowResult } from '@wf/core'
import type { Case } from './arbitrary.ts'
import type { Move, Outcome } from './outcome.ts'
import type { Stage } from './stage.ts'

import { madeFrom } from './values.ts'

/** What somebody outside saw and did, from the start of a run to its end. */
export interface Driven {
  readonly moves: readonly Move[]
  /** At each rest what was told; one more than moves. */
  readonly outcomes: readonly Outcome[]
  /** What steps wrote, as somebody reads it who comes after the end. */
  readonly chunks: readonly string[]
}

export const INPUT = 1

const told = { outputOptions: { includeResumeLabels: true, includeState: true } } as const

/** Every run ends: what is resumed goes on, and steps ask for a limited number of times. */
const MOST_RESTS = 400

/** Starts a run and resumes what is suspended, as numbers say, until it has ended. */
export async function drive(stage: Stage, workflow: Workflow, { plan, isHeldBack }: Case): Promise<Driven> {
  const engine = await stage.engine(workflow)
  stage.sends((event) => engine.sendEvent(event))
  const run: Run = await engine.createRun(workflow, isHeldBack ? { durability: 'exit' } : {})
  const moves: Move[] = []
  const started = run.start({ inputData: INPUT, ...told })
  const outcomes = [outcomeOf(await stage.settle(started))]
  for (let nth = 0; outcomes.at(-1)?.status === 'suspended'; nth += 1) {
    if (nth > MOST_RESTS) throw new Error('the run does not come to its end')
    const move = moveFor(outcomes.at(-1) as Outcome, plan.moves[nth % Math.max(1, plan.moves.length)] ?? 0)
    moves.push(move)
    outcomes.push(outcomeOf(await stage.settle(make(run, move))))
  }
  return { moves, outcomes, chunks: await stage.settle(chunksOf(run)) }
}

/** One run in thirty or so is canceled at a rest; the others are resumed by label or by path, sometimes two at once. */
function moveFor({ labels = [], suspended = [] }: Outcome, choice: number): Move {
  if (choice === 99) return { do: 'cancel' }
  const data = madeFrom('data', choice)
  const label = (nth: number): string => labels[nth % labels.length] ?? ''
  if (choice % 5 === 4 && labels.length > 1)
    return { do: 'resume both', labels: [label(choice), label(choice + 1)], data }
  if (choice % 3 === 0) return { do: 'resume', path: suspended[choice % suspended.length] ?? '', data }
  return { do: 'resume', label: label(choice), data }
}

async function make(run: Run, move: Move): Promise<WorkflowResult> {
  if (move.do === 'cancel') await run.cancel()
  else {
    const targets = targetsOf(move)
    const answers = await Promise.all(
      targets.map((target) => run.resume({ ...target, resumeData: move.data, ...told }).catch(refused)),
    )
    const [answer] = answers
    if (answer && targets.length === 1) return answer
  }
  return run.start({ onConflict: 'attach', ...told })
}

const targetsOf = (move: Exclude<Move, { do: 'cancel' }>): readonly { label?: string; step?: string }[] => {
  if (move.do === 'resume both') return move.labels.map((label) => ({ label }))
  return ['label' in move ? { label: move.label } : { step: move.path }]
}

/** Somebody else was faster: he has canceled the run, or what he has resumed has ended it. */
function refused(error: unknown): undefined {
  if (!isWorkflowError(error, 'WF_RUN_ENDED') && !isWorkflowError(error, 'WF_NOT_SUSPENDED')) throw error
}

async function chunksOf(run: Run): Promise<readonly string[]> {
  const chunks: string[] = []
  for await (const event of run.observe({ closeOnSuspend: false }))
    if (event.type === 'workflow-step-output') chunks.push(String(event.payload.output))
  return chunks
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
