import type { Driver } from '../driver/driver.js'
import { runJournal } from '../driver/journal-store.js'
import { optionsOf, type RunOptions } from '../driver/run-options.js'

/** What a run was made with: what is stored holds, whatever is given when somebody takes it up. */
export async function madeWith<Options extends RunOptions>(
  driver: Driver,
  runId: string,
  given: Options,
): Promise<Options> {
  const slice = await driver.store?.load({ journal: runJournal(driver.settings.namespace, runId), limit: 1 })
  if (!slice) return begunAnew(driver, runId, given)
  const { resourceId: _, tags: __, ...others } = given
  return { ...others, ...optionsOf(slice.header) } as Options
}

/** A run that was deleted since leaves nothing behind for the next one under its id. */
function begunAnew<Options extends RunOptions>(driver: Driver, runId: string, given: Options): Options {
  const known = driver.known(runId)
  if (known?.hasEnded && known.writer.home) driver.forget(runId)
  else if (known && Object.keys(known.options).length === 0) known.options = given
  return given
}
