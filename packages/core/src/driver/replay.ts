import type { Slice } from '../contracts/index.js'
import { initialState, refOf, refsOf, refsToTell, type Telling, versionOf } from '../machine/index.js'
import { type Item, inOrder, isBehind, type Placed, type Position } from './feed.js'
import { eventsOf, Fold } from './fold.js'
import { checkOwner, graphToRead } from './graph-of-run.js'
import { type JournalStore, runJournal } from './journal-store.js'
import type { LiveRun } from './live-run.js'
import { fetchValues, fits, fromCheckpoint, type Readable } from './load-run.js'
import { eventsToTell } from './tell-events.js'
import { valuesOf } from './values.js'

/** What is told of so many commits is in memory at once. */
const COMMITS_AT_ONCE = 100

/** How the run is told again; `undefined`: it is kept nowhere. */
export const replayOf = (run: LiveRun) =>
  run.writer.home && ((after: Position): AsyncGenerator<Item, Position> => replay(run, after))

/** Tells a journal again from behind a place to where it ends now; answers with that end. */
async function* replay(run: Readable, after: Position): AsyncGenerator<Item, Position> {
  const { store } = run.driver
  const begun = store && (await beginBefore(run, store, after))
  if (!begun) return after
  let { slice } = begun
  const { fold } = begun
  for (;;) {
    for (const item of await toldBy(run, fold, { slice, after })) if (isBehind(item.position, after)) yield item
    const end: Position = { ref: refOf(fold.head.version + 1, 0), n: -1 }
    if (!slice.more) return isBehind(end, after) ? end : after
    const read = await store.load({ ...about(run), after: fold.head.version })
    if (!read) return end
    slice = read
  }
}

const about = ({ driver, runId }: Readable) => ({
  journal: runJournal(driver.settings.namespace, runId),
  atLeast: driver.seen(runId),
  withValues: true,
  limit: COMMITS_AT_ONCE,
})

interface Begun {
  readonly fold: Fold
  readonly slice: Slice
}

/** The newest checkpoint is of use where it stands before the place. */
async function beginBefore(run: Readable, store: JournalStore, after: Position): Promise<Begun | undefined> {
  const first = await store.load({ ...about(run), fromCheckpoint: versionOf(after.ref) > 1 })
  if (!first) return undefined
  checkOwner(run, first)
  const graph = await graphToRead(run, first.header)
  const values = valuesOf(run)
  const { checkpoint } = first
  if (!checkpoint) return { fold: new Fold(graph, values, initialState(graph)), slice: first }
  if (checkpoint.head.version < versionOf(after.ref) && fits(checkpoint, graph)) {
    const fold = fromCheckpoint(graph, values, checkpoint)
    await fetchValues(run, fold, refsOf(fold.state))
    return { fold, slice: first }
  }
  const slice = await store.load(about(run))
  return slice && { fold: new Fold(graph, values, initialState(graph)), slice }
}

async function toldBy(
  run: Readable,
  fold: Fold,
  { slice, after }: { readonly slice: Slice; readonly after: Position },
): Promise<readonly Placed[]> {
  const { turn } = fold
  const told: Telling[] = []
  const next = eventsOf(slice.commits)
  for (const commit of slice.commits) {
    turn.told = commit.version < versionOf(after.ref) ? undefined : told
    await Promise.all(fold.apply(commit, next))
  }
  turn.told = undefined
  await fetchValues(run, fold, refsToTell(told))
  const teller = { runId: run.runId, program: run.program, fold }
  const items = inOrder(told, (telling) => eventsToTell(telling, teller))
  fold.forgetValues([])
  return items
}
