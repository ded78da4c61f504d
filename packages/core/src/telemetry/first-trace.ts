import { parseFact } from '../driver/fold.js'
import { runJournal } from '../driver/journal-store.js'
import type { LiveRun } from '../driver/live-run.js'
import type { Trace } from '../machine/index.js'

/**
 * Where a run was first told of as a trace. Asked without taking the run up: what is ready in it is not to begin before
 * the call is recorded that asks. Where the run is not at hand, the first commit of its journal tells.
 */
export async function firstTrace({ driver, runId, known }: LiveRun): Promise<Trace | undefined> {
  if (known.isLoaded || !driver.store) return known.trace
  const journal = runJournal(driver.settings.namespace, runId)
  const slice = await driver.store.load({ journal, atLeast: driver.seen(runId), limit: 1 })
  for (const { type, fact } of slice?.commits[0]?.entries ?? []) {
    const event = type === 'event' ? driver.settings.witness?.tries(() => parseFact(fact)) : undefined
    if (event && 'trace' in event) return event.trace
  }
  return undefined
}
