import { checksInput } from '../driver/checks.js'
import type { Fact, Fold } from '../driver/fold.js'
import type { LiveRun } from '../driver/live-run.js'
import { placed } from '../driver/placed.js'
import { type Valid, validate } from '../driver/validate.js'
import type { Activity, Ref, RunEvent, Trace } from '../machine/index.js'
import { acceptAdded, keysOf } from './accept.js'
import type { ResumeOptions } from './start-options.js'
import { resumeTargets } from './target.js'

/** What a resume is going to do: go on with a paused run, or resume these steps. */
type Plan =
  | { readonly continues: true; readonly from: number }
  | { readonly continues: false; readonly targets: readonly Activity[]; readonly of: readonly Ref[] }

/** Who names nothing and brings nothing wants a paused run to go on, and what is suspended in it to stay so. */
export function planOf(fold: Fold, asked: ResumeOptions & Parameters<typeof resumeTargets>[1]): Plan {
  const { step, label, forEachIndex } = asked
  const bare = step === undefined && label === undefined && forEachIndex === undefined && !hasData(asked)
  const { rest, rests } = fold.state
  if (rest === 'paused' && bare) return { continues: true, from: rests }
  const targets = resumeTargets(fold, asked)
  // Seen now: by the time that schemas have answered the steps may be suspended anew.
  const of = new Set(targets.flatMap(({ suspension }) => suspension?.by ?? []))
  return { continues: false, targets, of: [...of] }
}

const hasData = (options: ResumeOptions): boolean => Object.hasOwn(options, 'resumeData')

interface Resuming {
  readonly options: ResumeOptions
  readonly trace: Trace | undefined
}

export async function resumeFact(live: LiveRun, plan: Plan, { options, trace }: Resuming): Promise<Fact> {
  const { recorder } = live.bench
  const place = { workflowId: live.program.workflow.id, runId: live.runId }
  const context = await acceptAdded(live, options.requestContext)
  const common = {
    ...(options.perStep && { perStep: true as const }),
    ...keysOf('context', context),
    ...(trace && { trace }),
  }
  if (plan.continues) {
    const event: RunEvent = { type: 'run-continued', from: plan.from, ...common }
    return placed(place, () => recorder.valued(event, 'context' in common ? { context } : undefined))
  }
  const { value: data } = await acceptResume(live, plan.targets, options)
  const given = hasData(options) || data !== undefined
  const event: RunEvent = {
    type: 'run-resumed',
    steps: plan.targets.map(({ key }) => key),
    of: plan.of,
    ...(given && { data: true }),
    ...common,
    ...(options.retryCount !== undefined && { retryCount: options.retryCount }),
    ...(options.label !== undefined && { label: options.label }),
  }
  const [only, other] = plan.targets
  const step = only && !other ? { stepId: only.frame.node.id } : {}
  return placed({ ...place, ...step }, () => recorder.valued(event, { data, context }))
}

/** The data goes through the schema of the step that is resumed; a misfit leaves the run suspended. */
async function acceptResume(
  live: LiveRun,
  targets: readonly Activity[],
  { resumeData }: ResumeOptions,
): Promise<Valid> {
  const { workflow } = live.program
  const [first] = targets
  const schema = first && live.program.codeOf(first.frame).step?.resumeSchema
  if (!first || !schema || !checksInput(live.program, first.frame)) return { value: resumeData }
  const about = { workflowId: workflow.id, stepId: first.frame.node.id, runId: live.runId }
  return validate(schema, resumeData, { ...about, code: 'WF_INVALID_RESUME_DATA' })
}
