import { Fold } from './fold.js'
import type { LiveRun } from './live-run.js'
import { catchUp, coldFold } from './load-run.js'
import { optionsOf } from './run-options.js'
import { valuesOf } from './values.js'

/** The fold of a run of which this process has nothing: of its journal, or empty. */
export async function firstFold(run: LiveRun): Promise<Fold> {
  const { driver, writer } = run
  if (!driver.store) return driver.emptyFold(run)
  const { isNew } = run
  run.isNew = false
  if (isNew && writer.durability === 'step') return unwritten(run)
  const { fold, slice } = await coldFold(run, driver.store)
  writer.finds(slice?.header)
  writer.goesBy(fold)
  if (slice) run.options = { ...run.options, ...optionsOf(slice.header) }
  return writer.home ? fold : driver.emptyFold(run)
}

const unwritten = (run: LiveRun): Fold => new Fold(run.program.workflow.graph, valuesOf(run))

/** The fold with what others have written since. What was deleted meanwhile, and perhaps begun anew, is as if it had never been: `undefined`. */
export async function readOn(run: LiveRun, fold: Fold): Promise<Fold | undefined> {
  const { writer } = run
  const { home } = writer
  if (!home) return fold
  if (writer.heldBack > 0) return (await writer.isOvertaken(home, fold)) ? undefined : fold
  if (writer.mustLoad(fold)) return undefined
  const { version } = fold.head
  const slice = await catchUp(run, home, fold)
  if (fold.head.version > version) writer.giveUp(fold)
  if (slice ? writer.isAnother(slice.header, fold.head) : version > 0) {
    run.options = {}
    writer.knownVersion = 0
    return undefined
  }
  // Somebody has gone on by another graph: what was just folded may mean something else.
  if (slice && slice.header.graphHash !== (fold.storedHash ?? run.program.workflow.hash)) return undefined
  fold.storedHash = slice?.header.graphHash
  writer.goesBy(fold)
  writer.knows(slice?.header)
  return fold
}
