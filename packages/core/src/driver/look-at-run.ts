import type { Header } from '../contracts/index.js'
import { initialState, type Ref, refsIn, type Source } from '../machine/index.js'
import { Fold } from './fold.js'
import { checkOwner, graphToRead } from './graph-of-run.js'
import { runJournal } from './journal-store.js'
import { applyAll, COMMITS_PER_READ, fetchValues, fits, fromCheckpoint, type Readable } from './load-run.js'
import { Values } from './values.js'

/** What somebody wants to know of a run. Asked twice: the first time only to see which values it reads. */
export interface Question<Answer> {
  tell(fold: Fold): Answer
  /** It is also about what nested workflows have left behind, which only the whole journal knows. */
  readonly inner?: boolean
}

interface Seen<Answer> {
  readonly answer: Answer
  readonly header: Header
}

/**
 * Answers from the journal of a run without taking the run up: reads its facts, and of its values only those that the
 * answer needs.
 */
export async function lookAt<Answer>(run: Readable, question: Question<Answer>): Promise<Seen<Answer> | undefined> {
  const { codec, namespace } = run.driver.settings
  const owner = { namespace, runId: run.runId }
  const wanted = new WantedValues(codec, owner)
  const found = await foldFacts(run, wanted, question.inner === true)
  if (!found) return undefined
  const { facts, header } = found
  question.tell(facts)
  const fold = new Fold(facts.graph, new Values(codec, owner), facts.state)
  fold.head = facts.head
  await fetchValues(run, fold, wanted.refs)
  return { answer: question.tell(fold), header }
}

interface Facts {
  readonly facts: Fold
  readonly header: Header
}

async function foldFacts(run: Readable, values: Values, keepInner: boolean): Promise<Facts | undefined> {
  const first = await readFacts(run, 0, !keepInner)
  if (!first) return undefined
  checkOwner(run, first)
  const graph = await graphToRead(run, first.header)
  const begun = fits(first.checkpoint, graph) ? first : await readFacts(run, 0, false)
  const facts = begun?.checkpoint
    ? fromCheckpoint(graph, values, begun.checkpoint)
    : new Fold(graph, values, initialState(graph, { keepInner }))
  for (let slice = begun; slice; slice = await readFacts(run, facts.head.version, false)) {
    await applyAll(facts, slice)
    // Others have gone on by another graph in the meantime.
    if (slice.header.graphHash !== first.header.graphHash) return foldFacts(run, values, keepInner)
    if (!slice.more) return { facts, header: slice.header }
  }
  return undefined
}

function readFacts({ driver, runId }: Readable, after: number, fromCheckpoint: boolean) {
  const journal = runJournal(driver.settings.namespace, runId)
  const atLeast = Math.max(after, driver.seen(runId))
  return driver.store?.load({ journal, after, atLeast, limit: COMMITS_PER_READ, fromCheckpoint })
}

/** Has no values; notes which ones were asked for. */
class WantedValues extends Values {
  readonly refs = new Set<Ref>()

  override read(source: Source): undefined {
    for (const ref of refsIn(source)) this.refs.add(ref)
  }
}
