import type { Committed, Head, Slice, StoredCommit, ValuePlace } from '../contracts/index.js'
import { WorkflowError } from '../errors/index.js'
import { indexOf, type Ref, refOf, refsOf, type Saved, versionOf } from '../machine/index.js'
import { eventsOf, type Fact, Fold } from './fold.js'
import { type JournalStore, runJournal } from './journal-store.js'
import type { LiveRun } from './live-run.js'
import { Values } from './values.js'

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
  const { namespace } = run.driver.settings
  const journal = runJournal(namespace, run.runId)
  const slice = await store.load({ journal, fromCheckpoint: true, withValues: true, limit: COMMITS_PER_READ })
  const values = new Values(run.driver.settings.codec, { namespace, runId: run.runId })
  if (!slice) return { fold: new Fold(run.program.workflow.graph, values), slice }
  checkHeader(run, slice)
  const fold = slice.checkpoint
    ? fromCheckpoint(run, values, slice.checkpoint)
    : new Fold(run.program.workflow.graph, values)
  fold.skewMs = run.driver.skewMs
  if (slice.checkpoint) await fetchValues(run, fold, refsOf(fold.state))
  await applyAll(fold, slice)
  if (slice.more) await catchUp(run, store, fold)
  else await fetchTravelled(run, fold)
  return { fold, slice }
}

/** Folds what has landed since. */
export async function catchUp(run: LiveRun, store: JournalStore, fold: Fold): Promise<Slice | undefined> {
  const journal = runJournal(run.driver.settings.namespace, run.runId)
  for (;;) {
    const slice = await store.load({ journal, after: fold.head.version, withValues: true, limit: COMMITS_PER_READ })
    if (!slice) return undefined
    await applyAll(fold, slice)
    if (slice.more) continue
    await fetchTravelled(run, fold)
    return slice
  }
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

/** After a time travel the state may refer to values that nothing referred to before. */
async function fetchTravelled(run: Readable, fold: Fold): Promise<void> {
  if (!fold.travelled) return
  fold.travelled = false
  await fetchValues(run, fold, refsOf(fold.state))
}

/** Our own commit has landed. Where a moment was taken for past that had not come, it is folded again. */
export function foldLanded(
  fold: Fold,
  facts: readonly Fact[],
  { head, at }: Pick<Extract<Committed, { readonly status: 'committed' }>, 'head' | 'at'>,
): Promise<void> | undefined {
  if (fold.stamp(at)) {
    fold.head = head
    return undefined
  }
  fold.rollback()
  return applyAll(fold, { commits: [{ ...head, at, entries: facts.map(({ entry }) => entry) }] })
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

export function fromCheckpoint({ program }: Readable, values: Values, { head, state }: Stored): Fold {
  const text = typeof state === 'string' ? state : new TextDecoder().decode(state)
  const fold = Fold.fromCheckpoint(program.workflow.graph, values, JSON.parse(text) as Saved)
  fold.head = head
  fold.checkpointBytes = text.length
  return fold
}

/** Values that lie in commits that were not read, or were read without them. */
export async function fetchValues({ driver, runId }: Readable, fold: Fold, refs: Iterable<Ref>): Promise<void> {
  const journal = runJournal(driver.settings.namespace, runId)
  const wanted = [...refs].filter((ref) => !fold.values.has(ref))
  for (let from = 0; from < wanted.length; from += VALUES_PER_READ) {
    const pick = wanted.slice(from, from + VALUES_PER_READ).map(placeOf)
    const slice = await driver.store?.load({ journal, after: fold.head.version, limit: 1, pick })
    for (const { version, index, fact, value } of slice?.picked ?? []) {
      const waiting = fold.values.keepStored(refOf(version, index), { fact, encoded: value })
      if (waiting) await waiting
    }
  }
}

const placeOf = (ref: Ref): ValuePlace => ({ version: versionOf(ref), index: indexOf(ref) })

/** A run keeps its workflow and its graph for life. */
export function checkHeader({ program, runId }: Readable, { header }: Slice): void {
  const { workflow } = program
  if (header.workflowId !== workflow.id) {
    const text = `run "${runId}" belongs to workflow "${header.workflowId}", not to "${workflow.id}"; give the workflow that it was started with`
    throw new WorkflowError('WF_CONFLICT', text, { workflowId: workflow.id, runId })
  }
  if (header.graphHash === workflow.hash) return
  const text = `run "${runId}" was started with another graph of workflow "${workflow.id}" (${header.graphHash}, now ${workflow.hash}); register the graph that it was started with`
  throw new WorkflowError('WF_GRAPH_CHANGED', text, { workflowId: workflow.id, runId })
}
