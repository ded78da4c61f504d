import type { Fold } from './fold.js'
import type { LiveRun } from './live-run.js'
import { coldFold } from './load-run.js'
import { optionsOf } from './run-options.js'

/** The fold of a run of which this process has nothing: of its journal, or empty. */
export async function firstFold(run: LiveRun): Promise<Fold> {
  const { driver, writer } = run
  if (!driver.store) return driver.emptyFold(run)
  const { fold, slice } = await coldFold(run, driver.store)
  writer.finds(slice?.header)
  if (slice) run.options = { ...run.options, ...optionsOf(slice.header) }
  return writer.home ? fold : driver.emptyFold(run)
}
