import type { Header } from '../contracts/index.js'
import { initialState, type Ref, refsIn, type Source } from '../machine/index.js'
import { Fold } from './fold.js'
import { runJournal } from './journal-store.js'
import { applyAll, COMMITS_PER_READ, checkHeader, fetchValues, fromCheckpoint, type Readable } from './load-run.js'
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
  const { graph } = run.program.workflow
  const owner = { namespace, runId: run.runId }
  const wanted = new WantedValues(codec, owner)
  const found = await foldFacts(run, wanted, question.inner === true)
  if (!found) return undefined
  const { facts, header } = found
  question.tell(facts)
  const fold = new Fold(graph, new Values(codec, owner), facts.state)
  fold.head = facts.head
  await fetchValues(run, fold, wanted.refs)
  return { answer: question.tell(fold), header }
}

async function foldFacts(run: Readable, values: Values, inner: boolean) {
  const { store, settings } = run.driver
  const journal = runJournal(settings.namespace, run.runId)
  let facts: Fold | undefined
  for (;;) {
    const after = facts?.head.version ?? 0
    const fromNewest = !inner && facts === undefined
    const slice = await store?.load({ journal, after, limit: COMMITS_PER_READ, fromCheckpoint: fromNewest })
    if (!slice) return undefined
    checkHeader(run, slice)
    facts ??= slice.checkpoint ? fromCheckpoint(run, values, slice.checkpoint) : emptyFold(run, values, inner)
    await applyAll(facts, slice)
    if (!slice.more) return { facts, header: slice.header }
  }
}

function emptyFold({ program }: Readable, values: Values, keepInner: boolean): Fold {
  const { graph } = program.workflow
  return new Fold(graph, values, initialState(graph, { keepInner }))
}

/** Has no values; notes which ones were asked for. */
class WantedValues extends Values {
  readonly refs = new Set<Ref>()

  override read(source: Source): undefined {
    for (const ref of refsIn(source)) this.refs.add(ref)
  }
}
