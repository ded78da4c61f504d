import type { Committed, Head, Slice, StoredCommit, ValuePlace } from '../contracts/index.js'
import { hashGraph } from '../graph/hash-graph.js'
import type { Graph } from '../graph/node.js'
import { indexOf, type Ref, refOf, refsOf, type Saved, versionOf } from '../machine/index.js'
import { type Draft, entriesOf } from './draft.js'
import { eventsOf, Fold } from './fold.js'
import { isGraphFact } from './graph-entry.js'
import { checkOwner, graphToGoOn } from './graph-of-run.js'
import { type JournalStore, runJournal } from './journal-store.js'
import type { LiveRun } from './live-run.js'
import { type Values, valuesOf } from './values.js'

/** How many commits, and how many single values, are asked for in one read. */
export const COMMITS_PER_READ = 2_000
const VALUES_PER_READ = 2_000

/** A run whose journal can be read, whether this process has to do with it or not. */
export type Readable = Pick<LiveRun, 'driver' | 'runId' | 'program'>

export interface Loaded {
  readonly fold: Fold
  readonly slice: Slice | undefined
}

/** Folds a run from what the storage has. Without a journal the fold is empty. */
export async function coldFold(run: LiveRun, store: JournalStore): Promise<Loaded> {
  const values = valuesOf(run)
  const slice = await beginning(run, store, true)
  if (!slice) return { fold: new Fold(run.program.workflow.graph, values), slice }
  checkOwner(run, slice)
  const { graph, outdated } = await graphToGoOn(run, store, slice.header)
  const from = fits(slice.checkpoint, graph) ? slice : await beginning(run, store, false)
  if (!from) return coldFold(run, store)
  const fold = from.checkpoint ? fromCheckpoint(graph, values, from.checkpoint) : new Fold(graph, values)
  fold.outdated = outdated
  fold.storedHash = slice.header.graphHash
  if (from.checkpoint) await fetchValues(run, fold, refsOf(fold.state))
  const last = await foldThrough(run, fold, { slice: from, store })
  // Others have gone on by another graph in the meantime.
  if (last?.header.graphHash !== fold.storedHash) return coldFold(run, store)
  await learnTime(run, fold)
  return { fold, slice: last }
}

/** Moments are told by the storage's clock, and a process that has only read has not heard yet what time that is. */
async function learnTime({ driver }: LiveRun, fold: Fold): Promise<void> {
  if (fold.state.timers.size > 0 && !driver.knowsTime) await driver.heart.keepAlive()
  fold.skewMs = driver.skewMs
}

function beginning(run: LiveRun, store: JournalStore, fromCheckpoint: boolean): Promise<Slice | undefined> {
  const journal = runJournal(run.driver.settings.namespace, run.runId)
  const { knownVersion: atLeast } = run.writer
  return store.load({ journal, fromCheckpoint, atLeast, withValues: true, limit: COMMITS_PER_READ })
}

/** Folds what has landed since. */
export async function catchUp(run: LiveRun, store: JournalStore, fold: Fold): Promise<Slice | undefined> {
  const slice = await readBehind(run, store, fold.head)
  return slice && foldThrough(run, fold, { slice, store })
}

interface Part {
  readonly slice: Slice
  readonly store: JournalStore
}

/** Folds a part of the journal and what comes behind it. While one part is folded the next one is read. */
async function foldThrough(run: LiveRun, fold: Fold, { slice, store }: Part): Promise<Slice | undefined> {
  for (let part: Slice | undefined = slice; part; ) {
    const next: Promise<Slice | undefined> | undefined = part.more
      ? readAhead(readBehind(run, store, part.commits.at(-1) ?? fold.head))
      : undefined
    await applyAll(fold, part)
    if (!next) {
      await fetchTravelled(run, fold)
      return part
    }
    part = await next
  }
  return undefined
}

function readBehind(run: LiveRun, store: JournalStore, { version }: Head): Promise<Slice | undefined> {
  const journal = runJournal(run.driver.settings.namespace, run.runId)
  const atLeast = Math.max(version, run.writer.knownVersion)
  return store.load({ journal, after: version, atLeast, withValues: true, limit: COMMITS_PER_READ })
}

/** What is read before it is needed fails when it is needed. */
function readAhead<Answer>(coming: Promise<Answer>): Promise<Answer> {
  coming.catch(() => undefined)
  return coming
}

export async function applyAll(fold: Fold, { commits }: Pick<Slice, 'commits'>): Promise<void> {
  const next = eventsOf(commits)
  for (const commit of commits) {
    const decoding = fold.apply(commit, next)
    if (decoding.length > 0) await Promise.all(decoding)
  }
}

/** Folds what others have written meanwhile. Values that the storage has left out are fetched together with the facts. */
export async function foldMissed(run: LiveRun, fold: Fold, missed: readonly StoredCommit[]): Promise<void> {
  const { store } = run.driver
  if (!store) return applyAll(fold, { commits: missed })
  if (!bringsValues(missed)) return void (await catchUp(run, store, fold))
  await applyAll(fold, { commits: missed })
  await fetchTravelled(run, fold)
}

/** Whether somebody has gone on by another graph, so that the run has to be read anew. */
export const changesGraph = (missed: readonly StoredCommit[]): boolean =>
  missed.some(({ entries }) => entries.some(({ fact }) => isGraphFact(fact)))

/** After a time travel the state may refer to values that nothing referred to before. */
async function fetchTravelled(run: Readable, fold: Fold): Promise<void> {
  if (!fold.travelled) return
  fold.travelled = false
  await fetchValues(run, fold, refsOf(fold.state))
}

/** Our own commit has landed. Where a moment was taken for past that had not come, it is folded again. */
export function foldLanded(
  fold: Fold,
  draft: Pick<Draft, 'chunks' | 'facts'>,
  { head, at }: Pick<Extract<Committed, { readonly status: 'committed' }>, 'head' | 'at'>,
): Promise<void> | undefined {
  if (fold.stamp(at)) {
    fold.head = head
    return undefined
  }
  fold.rollback()
  return applyAll(fold, { commits: [{ ...head, at, entries: entriesOf(draft) }] })
}

/** Whether commits come with all the values that their facts speak of. */
const bringsValues = (commits: readonly StoredCommit[]): boolean =>
  commits.every(({ entries }) =>
    entries.every(({ fact, value }) => value !== undefined || !fact.includes('"value":true')),
  )

interface Stored {
  readonly head: Head
  readonly state: string | Uint8Array
}

const textOf = ({ state }: Stored): string => (typeof state === 'string' ? state : new TextDecoder().decode(state))

/** A state is of use only with the graph by which it was folded, which is the first thing that a checkpoint says. */
export function fits(checkpoint: Stored | undefined, graph: Graph): boolean {
  const [, hash] = (checkpoint && /^\{"graphHash":"([^"]*)"/.exec(textOf(checkpoint))) ?? []
  return hash === undefined || hash === hashGraph(graph)
}

export function fromCheckpoint(graph: Graph, values: Values, stored: Stored): Fold {
  const fold = Fold.fromCheckpoint(graph, values, JSON.parse(textOf(stored)) as Saved)
  fold.head = stored.head
  fold.checkpointBytes = stored.state.length
  return fold
}

/** Values that lie in commits that were not read, or were read without them. */
export async function fetchValues({ driver, runId }: Readable, fold: Fold, refs: Iterable<Ref>): Promise<void> {
  const journal = runJournal(driver.settings.namespace, runId)
  const { version } = fold.head
  const wanted = [...refs].filter((ref) => !fold.values.has(ref))
  const read = (from: number) => {
    const pick = wanted.slice(from, from + VALUES_PER_READ).map(placeOf)
    if (pick.length === 0) return undefined
    return driver.store && readAhead(driver.store.load({ journal, after: version, atLeast: version, limit: 1, pick }))
  }
  let coming = read(0)
  for (let from = VALUES_PER_READ; coming; from += VALUES_PER_READ) {
    const slice = await coming
    coming = read(from)
    for (const { version, index, fact, value } of slice?.picked ?? []) {
      const waiting = fold.values.keepStored(refOf(version, index), { fact, encoded: value })
      if (waiting) await waiting
    }
  }
}

const placeOf = (ref: Ref): ValuePlace => ({ version: versionOf(ref), index: indexOf(ref) })
