import type { Driver } from '../driver/driver.js'
import { runJournal } from '../driver/journal-store.js'
import { optionsOf, type RunOptions } from '../driver/run-options.js'

export interface MadeWith<Options> {
  readonly options: Options
  /** The version in which it was found; 0: it was not. */
  readonly version: number
}

/** What a run was made with: what is stored holds, whatever is given when somebody takes it up. */
export async function madeWith<Options extends RunOptions>(
  driver: Driver,
  runId: string,
  given: Options,
): Promise<MadeWith<Options>> {
  const journal = runJournal(driver.settings.namespace, runId)
  const slice = await driver.store?.load({ journal, atLeast: driver.seen(runId), limit: 1 })
  if (!slice) return { options: begunAnew(driver, runId, given), version: 0 }
  const { resourceId: _, tags: __, ...others } = given
  const options = { ...others, ...optionsOf(slice.header) } as Options
  return { options, version: slice.header.head.version }
}

/** A run that was deleted since leaves nothing behind for the next one under its id. */
function begunAnew<Options extends RunOptions>(driver: Driver, runId: string, given: Options): Options {
  const known = driver.known(runId)
  if (known?.known.hasEnded && known.writer.home) driver.forget(runId)
  else if (known && Object.keys(known.options).length === 0) known.options = given
  return given
}
