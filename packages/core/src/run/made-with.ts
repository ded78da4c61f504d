import type { Driver } from '../driver/driver.js'
import { runJournal } from '../driver/journal-store.js'
import { optionsOf, type RunOptions } from '../driver/run-options.js'

/** What a run was made with: what is stored holds, whatever is given when somebody takes it up. */
export async function madeWith<Options extends RunOptions>(
  { settings }: Driver,
  runId: string,
  given: Options,
): Promise<Options> {
  const { storage, namespace } = settings
  const [slice] = (await storage?.load([{ journal: runJournal(namespace, runId), limit: 1 }])) ?? []
  if (!slice) return given
  const { resourceId: _, tags: __, ...others } = given
  return { ...others, ...optionsOf(slice.header) } as Options
}
