import type { Engine, ResumeOptions, Run, Workflow, WorkflowResult } from '@wf/core'
import type { Stage } from '../../stage.js'
import { below, type Chance, pick } from './chance.js'

const told = { outputOptions: { includeResumeLabels: true, includeState: true } } as const

/** Starts a workflow and resumes whatever is suspended, in an order of chance, until it has come to its end. */
export async function drive(stage: Stage, workflow: Workflow, chance: Chance): Promise<Driven> {
  const engine = await stage.engine(workflow)
  const run: Run = await engine.createRun(workflow)
  let at: Place = { engine, run }
  let result = await stage.settle(run.start({ inputData: 1, ...told, ...pace(chance) }))
  while (result.status === 'suspended' || result.status === 'paused') {
    if (chance() < 0.2) at = await elsewhere(stage, at)
    result = await goOn(stage, at.run, { result, chance })
  }
  return { ...at, result }
}

interface Driven extends Place {
  readonly result: WorkflowResult
}

interface Place {
  readonly engine: Engine
  readonly run: Run
}

interface Rest {
  readonly result: WorkflowResult
  readonly chance: Chance
}

export async function elsewhere(stage: Stage, { engine, run }: Place): Promise<Place> {
  const next = await stage.restart(engine)
  return { engine: next, run: await next.createRun(run.workflow, { runId: run.runId }) }
}

/** Some of the way is gone step by step. */
const pace = (chance: Chance): { readonly perStep?: true } => (chance() < 0.25 ? { perStep: true } : {})

async function goOn(stage: Stage, run: Run, { result, chance }: Rest): Promise<WorkflowResult> {
  if (result.status !== 'suspended') return stage.settle(run.resume({ ...told, ...pace(chance) }))
  const labels = Object.keys(result.resumeLabels ?? {})
  const [first, last] = [labels[0], labels.at(-1)]
  if (first !== undefined && last !== undefined && first !== last && chance() < 0.2) {
    const both = [first, last].map((label) => run.resume({ label, resumeData: 'data' }))
    await stage.settle(Promise.all(both))
    return stage.settle(run.start({ onConflict: 'attach', ...told }))
  }
  const target = targetOf(result.suspended, labels, chance)
  return stage.settle(run.resume({ ...target, resumeData: 'data', ...told, ...pace(chance) }))
}

/** One of the ways to name what is suspended. */
function targetOf(
  paths: readonly (readonly string[])[],
  labels: readonly string[],
  chance: Chance,
): Pick<ResumeOptions, 'step' | 'label'> {
  const way = below(chance, paths.length === 1 ? 4 : 3)
  if (way === 0) return { label: pick(chance, labels) }
  if (way === 1) return { step: pick(chance, paths) }
  return way === 2 ? { step: pick(chance, paths).join('.') } : {}
}
