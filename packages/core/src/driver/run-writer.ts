import type { Durability } from '../builder/workflow-config.js'
import type { Base, Committed, Head, Header, JournalId } from '../contracts/index.js'
import { tellAudience } from './audience.js'
import { commitOf } from './commit-of.js'
import { Company } from './company.js'
import { concludes } from './concludes.js'
import { type Draft, entriesOf } from './draft.js'
import type { Fold } from './fold.js'
import { graphEntryOf } from './graph-entry.js'
import {
  headerOf,
  isWorkedOn,
  leavesWork,
  mustBeFound,
  type News,
  NOTHING_TOLD,
  startsToWait,
  takesGraph,
  tellsNothing,
  toldNext,
  wakeOf,
} from './header.js'
import { Held } from './held.js'
import { type JournalStore, runJournal } from './journal-store.js'
import { landsBehind } from './lands-behind.js'
import type { LiveRun } from './live-run.js'
import { Owed } from './owed.js'
import { saveCheckpoint } from './save-checkpoint.js'
import { sealOf } from './seal-of.js'
import { beginAtItsTime } from './turn-time.js'

export type Landed = Extract<Committed, { readonly status: 'committed' }>

/** Writes the drafts of one run: to the storage, at once or when nothing of it is in flight, or nowhere. */
export class RunWriter {
  /** What is folded but not stored. */
  readonly held: Held
  private told = NOTHING_TOLD
  /** What they will have been told once the commit has landed that is under way. */
  private telling = NOTHING_TOLD
  private journal: JournalId | undefined
  /** What is stored says that this process is at work, and leaves nothing to others that they could go on with meanwhile. */
  private isAlone = false
  private wasFound = false
  /** When the journal was begun that is folded here. */
  private bornAt: number | undefined
  private isShared = false
  private readonly company = new Company()
  readonly owed = new Owed()
  /** The newest version that we were told of: reads must not answer with less. */
  knownVersion = 0
  /** It has gone by the graph of today here: when others go on by another one, it is not taken back by itself. */
  isOurs = false
  private isWanted = false

  constructor(private readonly run: LiveRun) {
    this.held = new Held(run)
  }

  /** What is stored is stored on, and where others write too or are to run it, nothing is held back from them. */
  get durability(): Durability {
    const { driver, options, program } = this.run
    if (!driver.store) return 'none'
    const wanted = options.durability ?? program.workflow.options.durability ?? driver.settings.durability
    const leavesIt = wanted === 'exit' && this.held.size === 0 && driver.settings.works?.() === false
    return leavesIt || this.isShared || (this.wasFound && wanted === 'none') ? 'step' : wanted
  }

  /** Where the run is kept; `undefined`: nowhere. */
  get home(): JournalStore | undefined {
    return this.durability === 'none' ? undefined : this.run.driver.store
  }

  /** Without a storage, or while nothing is stored yet, our clock is the only one. */
  get stampsItself(): boolean {
    return this.durability !== 'step' || this.held.size > 0 || this.held.isOvertaken
  }

  /** How much has happened that the storage has not been told. */
  get heldBack(): number {
    return this.held.size
  }

  /** All that is known here could be read again. */
  get isCurrent(): boolean {
    return this.home !== undefined && this.held.size === 0
  }

  /** With a cache of nothing, every turn begins with what the storage has. */
  get forgets(): boolean {
    return this.durability === 'step' && this.run.driver.settings.cacheRuns === 0
  }

  /** What the storage has of a run that is about to be folded anew. */
  finds(header: Header | undefined): void {
    this.knows(header)
    this.wasFound = header !== undefined
    if (header) this.company.guess()
    this.bornAt = header?.createdAt
    this.isAlone = false
  }

  /** Somebody here wants the run to go on, also when others have gone on with it by another graph in the meantime. */
  wants(): void {
    this.isOurs = false
    this.isWanted = true
  }

  /** Whoever ought to have told when to look again may be gone, and a replica not as far as what has handed it out. */
  handedOut({ head, status, wakeAt }: Header): void {
    this.wants()
    // What we have heard later is not overruled.
    if (head.version >= this.knownVersion) this.told = { status, wakeAt }
    this.sees(head.version)
    this.owed.behind()
  }

  /** A hint is for those who have the graph of the run: when others have gone on by another one since, they keep it. */
  offered(): void {
    this.isOurs ||= !this.isWanted
  }

  /** A fold that stands still is of no use to somebody who wants the run to go on. */
  mustLoad({ outdated }: Fold): boolean {
    return this.isWanted && outdated !== undefined
  }

  /** The graph of the fold, as it was just read. */
  goesBy({ storedHash }: Fold): void {
    this.isWanted = false
    if (storedHash === this.run.program.workflow.hash) this.isOurs = true
  }

  /** What lists and sweeps know of the run, as it was just read. */
  knows(header: Header | undefined): void {
    this.told = header ? { status: header.status, wakeAt: header.wakeAt } : NOTHING_TOLD
  }

  /** Whether this is the header of a run that was begun under the same id after this one was deleted. */
  isAnother({ head, createdAt }: Header, { version, commitId }: Head): boolean {
    this.bornAt ??= createdAt
    const isForked = head.version === version && head.commitId !== commitId
    return createdAt !== this.bornAt || head.version < version || isForked
  }

  /** Somebody here has seen this version: from now on a replica that lags must not answer with less. */
  sees(version: number): void {
    this.knownVersion = Math.max(this.knownVersion, version)
  }

  /** Where the journal stands, as an answer tells; of one that is not ours any more nothing is known. */
  hears(answer: Committed | undefined): void {
    if (answer && 'head' in answer) this.sees(answer.head.version)
    else if (answer) this.knownVersion = 0
  }

  /** What is not stored, or not yet, has landed as soon as it is folded. */
  land(fold: Fold, draft: Draft): Landed | undefined {
    const { home, durability } = this
    if (durability === 'step') return undefined
    const { at } = fold.turn.stamp
    if (!home) return { status: 'committed', head: { version: fold.head.version + 1, commitId: '' }, at, missed: [] }
    if (this.mustStore(fold, draft)) return undefined
    this.held.add(draft)
    return { status: 'committed', head: fold.head, at, missed: [] }
  }

  /** Others must be able to go on from what is stored, and must not do so while it is worked on here. */
  private mustStore(fold: Fold, draft: Draft): boolean {
    if (draft.facts.some(concludes) || !this.held.hasRoomFor(draft)) return true
    if (mustBeFound(fold) || startsToWait(fold) || fold.turn.left.length > 0) return true
    if (fold.head.version > 0) return !this.isAlone
    return this.run.options.idempotencyKey !== undefined && this.held.size === 0
  }

  /** Others have written behind what is known here. `true`: nothing was held back from them. */
  giveUp({ head }: Fold): boolean {
    const hadStoredAll = this.held.size === 0
    this.held.giveUp(head, this.bornAt)
    this.isShared = true
    this.company.meet()
    return hadStoredAll
  }

  /** What was held back when others were faster is folded behind what they have written. */
  foldAgain(fold: Fold): void {
    if (!this.held.isOvertaken) return
    tellAudience(this.run, fold)
    beginAtItsTime(this.run, fold)
    this.held.foldAgain(fold, this.bornAt)
  }

  /** Whether what is written now may land behind what others write meanwhile: they do write, and nothing is settled yet. */
  shares(fold: Fold): boolean {
    if (!this.company.isThere || this.durability !== 'step' || this.held.size > 0) return false
    const { phase, rest, perStep } = fold.state
    const isUnderWay = phase === 'running' && rest === undefined && !perStep
    return isUnderWay && fold.head.version > 0 && !takesGraph(this.run, fold)
  }

  /** Our commit has landed behind others that were not known when it was made. */
  landedBehind(fold: Fold): void {
    this.giveUp(fold)
    this.owed.behind()
  }

  /** Lists and sweeps have to be told something although nothing is to be written. */
  owes(fold: Fold): boolean {
    // What was overtaken is held back no longer.
    const isLate = this.held.size > 0 && this.durability === 'step'
    return isLate || this.owed.is(() => !tellsNothing(this.news(fold)))
  }

  /** Whether others have written a run of which something is held back here; that is given up then. */
  async isOvertaken(store: JournalStore, fold: Fold): Promise<boolean> {
    const { head } = fold
    const { driver, runId } = this.run
    const journal = runJournal(driver.settings.namespace, runId)
    const slice = await store.load({ journal, after: head.version, atLeast: this.knownVersion, limit: 1 })
    const isBehind = slice ? slice.commits.length > 0 : head.version > 0
    if (isBehind) this.giveUp(fold)
    return isBehind
  }

  /** A checkpoint stands for what is stored and nothing else. */
  checkpoint(fold: Fold): void {
    if (this.isCurrent) saveCheckpoint(this.run.driver.settings, this.run.runId, fold)
  }

  /**
   * Rejects when the storage will not have the commit, now or ever. `undefined`: the session has expired meanwhile, and
   * claims that name it would be anybody's; they have to be made anew.
   */
  store(fold: Fold, draft: Draft): Promise<Committed | undefined> {
    const { driver } = this.run
    const { session } = driver
    const claims = draft.claims.length > 0
    try {
      const beat = claims || this.held.size > 0 ? driver.keepAlive(fold.time - fold.skewMs) : undefined
      if (!beat) return this.commit(fold, draft)
      return beat.then(() => (claims && driver.session !== session ? undefined : this.commit(fold, draft)))
    } catch (error) {
      return Promise.reject(error)
    }
  }

  private commit(fold: Fold, draft: Draft): Promise<Committed | undefined> {
    const { driver, runId } = this.run
    const mayLandBehind = draft.isShared && draft.facts.every(({ event }) => landsBehind(event))
    const isAsked = mayLandBehind && draft.isAsked
    const news = isAsked ? this.leastNews(fold) : this.news(fold)
    const takes = takesGraph(this.run, fold)
    this.journal ??= runJournal(driver.settings.namespace, runId)
    this.telling = toldNext(this.told, news.header?.status, news.wakeAt)
    const made = {
      journal: this.journal,
      commitId: driver.commitId(),
      base: isAsked || (mayLandBehind && tellsNothing(news)) ? { any: fold.head } : baseOf(fold),
      entries: this.held.before(takes ? [...entriesOf(draft), graphEntryOf(this.run)] : entriesOf(draft)),
    }
    return this.home?.commit(commitOf(made, news, sealOf(draft) ?? this.owed.seal)) ?? Promise.resolve(undefined)
  }

  /** Wherever it lands, what it leads to has to be written by somebody; the next commit tells the rest. */
  private leastNews({ time }: Fold): News {
    const { leaseMs, offerMs = leaseMs } = this.run.driver.settings
    return { header: undefined, wake: { wakeInMs: offerMs }, wakeAt: time + offerMs }
  }

  /** What lists and sweeps do not know yet. */
  private news(fold: Fold): News {
    const { driver } = this.run
    const { leaseMs, offerMs = leaseMs } = driver.settings
    const leaves = driver.closed || fold.standsStill
    const [wake, wakeAt] = wakeOf(fold, this.told, { now: fold.time, leaseMs, offerMs, leaves })
    return { header: headerOf(this.run, fold, this.told).header, wake, wakeAt }
  }

  /** The commit that was made last has landed, and the fold has not been told yet. */
  stored(fold: Fold, at: number): void {
    if (fold.head.version === 0) this.bornAt = at
    this.held.drop()
    this.owed.paid()
    this.company.miss()
    if (takesGraph(this.run, fold)) this.tookGraph(fold)
    this.isAlone = isWorkedOn(fold) && !leavesWork(fold)
    this.told = this.telling
  }

  private tookGraph(fold: Fold): void {
    fold.storedHash = this.run.program.workflow.hash
    this.isOurs = true
  }
}

const baseOf = ({ head }: Fold): Base => (head.version === 0 ? 'new' : head)
