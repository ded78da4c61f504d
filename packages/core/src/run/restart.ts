import type { Fact, Fold } from '../driver/fold.js'
import type { LiveRun } from '../driver/live-run.js'
import { placed } from '../driver/placed.js'
import { statusOf } from '../driver/result.js'
import type { Waiter } from '../driver/waiters.js'
import { WorkflowError } from '../errors/index.js'
import { isUnderWay, type RunEvent, type Trace } from '../machine/index.js'
import { acceptAdded, keysOf } from './accept.js'
import { isUnrecorded } from './run-row.js'
import type { RestartOptions } from './start-options.js'

interface Restarting {
  readonly options: RestartOptions
  readonly trace: Trace | undefined
}

/**
 * Takes up a run that is under way. What is ready begins here, and what dead processes have left as soon as it is
 * known that they are dead; what runs elsewhere goes on there.
 */
export async function restart(live: LiveRun, asked: Restarting, waiter: Waiter): Promise<void> {
  const fact = await restartFact(live, asked)
  live.writer.wants()
  live.known.suspect()
  const added = await live.write((fold) => {
    if (fold.state.phase === 'ended') return []
    if (fold.standsStill) throw fold.outdated
    checkActive(live, fold)
    return fact ? [fact] : []
  }, waiter)
  if (!added) live.waiters.add(waiter)
  await live.driver.sweeper.look(live)
}

/** What the caller adds to the request context is recorded before anything begins that should see it. */
async function restartFact(live: LiveRun, { options, trace }: Restarting): Promise<Fact | undefined> {
  const context = await acceptAdded(live, options.requestContext)
  if (Object.keys(context).length === 0 && !trace) return undefined
  const event: RunEvent = { type: 'run-restarted', ...keysOf('context', context), ...(trace && { trace }) }
  const place = { workflowId: live.program.workflow.id, runId: live.runId }
  return placed(place, () => live.bench.recorder.valued(event, { context }))
}

const ADVICE: Readonly<Record<string, string>> = {
  suspended: '`resume` it',
  paused: '`resume` it without data',
  pending: '`start` it',
}

function checkActive({ program, runId }: LiveRun, fold: Fold): void {
  const place = { workflowId: program.workflow.id, runId }
  if (isUnrecorded(fold))
    throw new WorkflowError('WF_UNKNOWN_RUN', `Snapshot not found for run ${runId}: nothing is recorded of it`, place)
  if (isUnderWay(fold.state)) return
  const status = statusOf(fold.state)
  const text = `This workflow run was not active: it is ${status}, so that there is nothing to restart`
  throw new WorkflowError('WF_NOT_ACTIVE', `${text}; ${ADVICE[status] ?? '`start` it'}`, place)
}
