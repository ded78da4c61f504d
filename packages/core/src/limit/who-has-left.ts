import type { Driver } from '../driver/driver.js'
import { runJournal } from '../driver/journal-store.js'
import { isWorkflowError } from '../errors/index.js'
import type { Admitted } from './questions.js'

const GOES_ON: ReadonlySet<string> = new Set(['pending', 'running', 'waiting'])

/**
 * Those who have a slot and need it no longer, because their process died before it could give it back. Their headers, read
 * in one go, tell who may be one; what the run itself says decides, because a slot that is given back too early is one too many.
 */
export async function whoHasLeft(
  driver: Driver,
  workflowId: string,
  holders: readonly Admitted[],
): Promise<readonly Admitted[]> {
  const found = await Promise.all(
    holders.map(async (holder) => ((await mayHaveLeft(driver, holder)) ? lastTicket(driver, workflowId, holder) : [])),
  )
  return found.flat()
}

async function mayHaveLeft({ store, settings }: Driver, { run }: Admitted): Promise<boolean> {
  const slice = await store?.load({ journal: runJournal(settings.namespace, run), atLeast: 1, limit: 1 })
  return !slice || !GOES_ON.has(slice.header.status)
}

/** The newest ticket of the run that is of no use any more, if that is the one. */
async function lastTicket(driver: Driver, workflowId: string, holder: Admitted): Promise<readonly Admitted[]> {
  const live = driver.live(holder.run, workflowId)
  live.writer.sees(1)
  try {
    const now = await live.read(({ state }) => state.admission?.ticket ?? Number.POSITIVE_INFINITY)
    return holder.ticket < now ? [holder] : []
  } catch (error) {
    // Deleted, and begun anew by another workflow.
    if (isWorkflowError(error, 'WF_CONFLICT')) return [holder]
    throw error
  }
}
