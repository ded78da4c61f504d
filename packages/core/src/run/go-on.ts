import type { Fact, Fold } from '../driver/fold.js'
import type { LiveRun } from '../driver/live-run.js'
import type { Waiter } from '../driver/waiters.js'
import { WorkflowError } from '../errors/index.js'
import type { Trace } from '../machine/index.js'
import { planOf, resumeFact } from './resume-fact.js'
import type { ResumeOptions } from './start-options.js'

interface Resuming {
  readonly options: ResumeOptions & { readonly workflowId: string; readonly runId: string }
  readonly trace: Trace | undefined
}

/** Resumes what is suspended, or lets a paused run go on. Resolves when that is recorded. */
export async function goOn(live: () => LiveRun, resuming: Resuming, waiter?: Waiter): Promise<void> {
  const { options, trace } = resuming
  if (await goOnAsLeft(live(), resuming, waiter)) return
  live().writer.wants()
  const plan = await live().read((fold) => {
    if (fold.standsStill) throw fold.outdated
    return planOf(fold, options)
  })
  const fact = await resumeFact(live(), plan, { options, trace })
  if (!(await live().write(() => [fact], waiter))) throw overtaken(options)
}

/**
 * A run that rests is mostly as this process has left it. Then nothing is read: what is written lands on that very head, or
 * says that others were there. `false`: it is not known here, others were there, or there is something to be refused, which
 * only somebody may do who knows the run as it is now.
 */
async function goOnAsLeft(live: LiveRun, { options, trace }: Resuming, waiter?: Waiter): Promise<boolean> {
  const { asLeft } = live.known
  if (asLeft?.state.rest === undefined) return false
  const { head } = asLeft
  const fact = await unlessRefused(() => resumeFact(live, planOf(asLeft, options), { options, trace }))
  if (!fact) return false
  const wasAsLeft = (): boolean => live.known.wasAsLeft(head)
  const facts = (fold: Fold): readonly Fact[] => (fold.head === head || wasAsLeft() ? [fact] : [])
  const effect = await live.write(facts, waiter, { isOnHead: true })
  if (!effect && wasAsLeft()) throw overtaken(options)
  return effect
}

async function unlessRefused(make: () => Promise<Fact>): Promise<Fact | undefined> {
  try {
    return await make()
  } catch {
    return undefined
  }
}

function overtaken({ workflowId, runId }: Resuming['options']): WorkflowError {
  const text = `somebody else has resumed run "${runId}" in the meantime`
  return new WorkflowError('WF_CONFLICT', text, { workflowId, runId })
}
