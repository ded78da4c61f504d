import type { Committed, StoredCommit } from '../contracts/index.js'
import { type Activity, indexOf, type Ref, type RunEvent, refOf, versionOf } from '../machine/index.js'
import { type Draft, entriesOf } from './draft.js'
import type { Fact, Fold } from './fold.js'
import { isWorkedOn } from './header.js'
import type { LiveRun } from './live-run.js'
import { changesGraph, foldMissed } from './load-run.js'
import type { Claimed } from './perform.js'
import { journalLost } from './run-errors.js'
import type { Landed } from './run-writer.js'
import { captureScene } from './scene.js'

/** What became of a commit of ours when it was folded as it lies in the journal. */
export class Came {
  /** By index, whether each fact had an effect. */
  readonly effects: boolean[] = []
  /** By index, what each claim fell to. */
  readonly took = new Map<number, Activity>()

  constructor(
    readonly commitId: string,
    /** So many chunks lie ahead of the facts. */
    readonly ahead: number,
  ) {}

  add(index: number, effect: boolean, took: Activity | undefined): void {
    this.effects.push(effect)
    if (effect && took) this.took.set(index - this.ahead, took)
  }
}

interface OwnCommit {
  readonly draft: Draft
  readonly answer: Landed
}

interface LandedBehind {
  readonly fold: Fold
  readonly draft: Draft
}

/**
 * Our commit lies behind others that were not known when it was made: what we made of it is taken back, and folded again
 * behind what those say.
 */
export async function landBehind(run: LiveRun, fold: Fold, own: OwnCommit): Promise<LandedBehind> {
  const { missed } = own.answer
  run.writer.landedBehind(fold)
  if (!changesGraph(missed)) return { fold, draft: await foldBehind(run, fold, own) }
  const anew = await run.anew()
  const draft = foundAnew(anew, own)
  if (!anew.standsStill) return { fold: anew, draft }
  // Others go by another graph now: what we have claimed is theirs.
  const { recorder } = run.bench
  const releases = draft.claims.map(({ activity: { key }, claim }) =>
    recorder.plain({ type: 'step-released', at: key, claim }),
  )
  run.push({ facts: () => releases })
  return { fold: anew, draft: { ...draft, claims: [] } }
}

async function foldBehind(run: LiveRun, fold: Fold, { draft, answer }: OwnCommit): Promise<Draft> {
  const { head, at, missed } = answer
  const came = new Came(head.commitId, draft.chunks.length)
  fold.rollback()
  fold.awaited = came
  await foldOthers(run, fold, [...missed, { ...head, at, entries: entriesOf(draft) }])
  if (came.effects.length < draft.facts.length) throw journalLost(run.runId, 'gone')
  return asItCame(fold, draft, { came, version: head.version })
}

/** Somebody was faster, or the journal is not what we knew. */
export async function lostTo(
  run: LiveRun,
  fold: Fold,
  answer: Exclude<Committed, { status: 'committed' }>,
): Promise<void> {
  const hadStoredAll = run.writer.giveUp(fold)
  const isBehind = answer.status === 'stale' || answer.status === 'sealed'
  if (hadStoredAll && isBehind && !changesGraph(answer.missed)) return foldOthers(run, fold, answer.missed)
  run.known.forget()
  if (answer.status !== 'diverged' && answer.status !== 'gone') return
  if (!run.known.isDoubted) throw journalLost(run.runId, answer.status)
  // Deleted while nobody here had to do with it, and perhaps begun anew, it is as if it had never been.
  run.options = {}
}

/**
 * Folds what others have written. Where that may have changed what lists and sweeps are told, this is read too before it
 * is built on: outcomes alone do so where they leave nothing that anybody works on, because then sweeps are put off.
 */
async function foldOthers(run: LiveRun, fold: Fold, missed: readonly StoredCommit[]): Promise<void> {
  fold.movesHeader = false
  await foldMissed(run, fold, missed)
  if (fold.movesHeader || !isWorkedOn(fold)) run.known.suspect()
}

/** The run had to be read from its beginning: what stands is all that is known of our commit. */
function foundAnew(fold: Fold, { draft, answer: { head } }: OwnCommit): Draft {
  const came = new Came(head.commitId, draft.chunks.length)
  for (const activity of fold.state.activities.values()) {
    const { claim } = activity
    if (claim && versionOf(claim.ref) === head.version) came.took.set(indexOf(claim.ref) - came.ahead, activity)
  }
  for (const [index, { event }] of draft.facts.entries())
    came.effects.push(event.type !== 'step-claimed' || came.took.has(index))
  return asItCame(fold, draft, { came, version: head.version })
}

/** The draft with what it has come to: facts that had an effect, who is told of it, and the claims that stand. */
function asItCame(
  fold: Fold,
  draft: Draft,
  { came, version }: { readonly came: Came; readonly version: number },
): Draft {
  const facts = draft.facts.flatMap((fact, index) => (came.effects[index] ? placed(fact, came.took.get(index)) : []))
  const refAt = (index: number): Ref => refOf(version, came.ahead + index)
  const told = draft.told.map((one) => {
    const effect = came.effects[one.last] === true
    return { ...one, effect, ref: effect ? refAt(one.last) : undefined }
  })
  const claims = [...came.took].flatMap(([index, activity]) => claimedNow(fold, activity, refAt(index)))
  return { ...draft, facts, told, claims }
}

/** What is said of a claim is said of what it fell to. */
const placed = (fact: Fact, activity: Activity | undefined): Fact =>
  activity ? { ...fact, event: { ...fact.event, at: activity.key } as RunEvent } : fact

/** Seen as it is now; what was read beyond our commit may have taken it away again. */
function claimedNow(fold: Fold, { key }: Activity, claim: Ref): readonly Claimed[] {
  const activity = fold.state.activities.get(key)
  if (activity?.claim?.ref !== claim) return []
  return [{ activity, claim, scene: captureScene(fold, activity), input: fold.values.read(activity.input) }]
}
