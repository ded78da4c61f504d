import type { Committed } from '../contracts/index.js'
import { tellBroken } from './about-run.js'
import { setAlarm } from './alarm.js'
import { announce } from './announce.js'
import { type Audience, tellAudience } from './audience.js'
import { endsOthers } from './bodies.js'
import { compose, type Draft } from './draft.js'
import type { Driver, Handing } from './driver.js'
import type { Fold } from './fold.js'
import { Known } from './known.js'
import { landBehind, lostTo } from './land-behind.js'
import { fetchValues, foldLanded } from './load-run.js'
import { lookOut, waitsForOthers } from './lookout.js'
import type { Program } from './program.js'
import { type Request, reading, writing } from './request.js'
import { runClosed } from './run-errors.js'
import type { RunOptions } from './run-options.js'
import { type Landed, RunWriter } from './run-writer.js'
import { beginAtItsTime } from './turn-time.js'
import type { Waiter } from './waiters.js'
import { AtWork, Workplace } from './workplace.js'

/** Of more pieces of user code than so that run at once, each waits for long: then its run holds what it needs for that. */
const FEW_AT_ONCE = 64

/**
 * One run as far as this process has to do with it. All that is written goes through one loop: take what has come
 * in, fold it, claim what can be claimed, commit all of it as one, begin what was claimed.
 */
export class LiveRun extends AtWork {
  readonly runId: string
  readonly program: Program
  options: RunOptions
  /** Those who watch it here, while there are some. */
  audience: Audience | undefined
  /** Named here, so that nobody has written it; should somebody have done so all the same, the first commit finds out. */
  isNew = false
  readonly known = new Known(this)
  readonly writer = new RunWriter(this)
  isClosed = false

  constructor(
    readonly driver: Driver,
    { runId, program, options }: Pick<LiveRun, 'runId' | 'program' | 'options'>,
  ) {
    super()
    this.runId = runId
    this.program = program
    this.options = options
  }

  protected furnish(): Workplace {
    return new Workplace(this)
  }

  /** It rests, and nobody but this process knows of it: what it takes up is made small until somebody goes on. */
  putAway(): void {
    const { place } = this
    const isInUse = !this.idle || place?.bench.trace || place?.waits.hasReceived
    if (!isInUse && this.known.putAway()) this.place = undefined
  }

  get isTurning(): boolean {
    return this.place?.loop.isTurning === true
  }

  /** User code of this run is running here. */
  get works(): boolean {
    return (this.place?.bodies.size ?? 0) > 0
  }

  /** It goes on here by itself at a later moment. */
  get isAlarmed(): boolean {
    return this.alarm?.isSet === true
  }

  /** Nothing here needs this process to remember the run. */
  get idle(): boolean {
    return !this.audience && (this.place?.isIdle ?? true)
  }

  /** Something is under way here, or will be before then. */
  isBusy(before: number): boolean {
    if (this.isClosed) return false
    if (this.isTurning || (this.place?.underWay ?? 0) > 0) return true
    return this.alarm?.ringsBefore(before) === true
  }

  push(...requests: readonly Request[]): void {
    for (const request of requests) {
      if (this.isClosed) request.failed?.(runClosed(this.runId))
      else this.inbox.add(request)
    }
    if (!this.isClosed) this.turn()
  }

  /** Somebody else may have written: read on before anything is decided. */
  poke(): void {
    this.isNew = false
    this.known.suspect()
    this.turn()
  }

  /** This process is to work on it, for so many pieces of work. Resolves when what it takes is claimed. */
  hand({ version = Number.POSITIVE_INFINITY, times = 1 }: Handing): Promise<void> {
    this.isNew = false
    this.writer.offered()
    if (this.known.hearsOf(version)) this.known.suspect()
    this.here.handOver(times)
    const { request, answer } = reading(() => undefined)
    this.push(request)
    return answer
  }

  ring(): void {
    this.here.handOver()
    this.turn()
  }

  /** The run as it is now, with what others have written. The answer holds until somebody awaits something else. */
  read<Result>(look: (fold: Fold) => Result): Promise<Result> {
    this.isNew = false
    this.known.suspect()
    const { request, answer } = reading(look)
    this.push(request)
    return answer
  }

  /** Writes facts; the answer says whether they meant anything. */
  write(facts: Request['facts'], waiter?: Waiter, given?: Pick<Request, 'needs' | 'isOnHead'>): Promise<boolean> {
    const { request, answer } = writing(facts, (effect, ref) => {
      if (!effect || !waiter) return
      waiter.landed?.(ref)
      this.waiters.add(waiter)
    })
    this.push(given ? { ...request, ...given } : request)
    return answer
  }

  abortAll(reason: 'lost' | 'draining'): void {
    this.bodies.abortAll(reason)
  }

  /** What still runs is given back and told to stop. What it brings after that is dropped. */
  release(): Promise<boolean> {
    const released = this.write(() => this.bodies.releases())
    this.bodies.abortAll('draining')
    return released
  }

  /** Nothing is begun or written any more; what still runs is told to stop. */
  close(): void {
    this.isClosed = true
    this.alarm?.stop()
    this.lookout?.keepUp(false)
    this.bodies.abandon('draining')
    this.waiters.reject(runClosed(this.runId))
    this.audience?.end()
    this.inbox.failWaiting(runClosed(this.runId))
  }

  turn(): void {
    if (!this.loop.isTurning) this.driver.adopt(this)
    this.loop.turn()
  }

  /** One turn; a promise only where it waits for something. */
  once(): Promise<void> | undefined {
    // What is handed over while it is read may be about what this turn does not see: it counts for the next one.
    const { here, inbox } = this.at
    here.turnBegins()
    const { atHand = inbox.isOnHead ? this.known.asLeft : undefined } = this.known
    return atHand ? this.onceOn(atHand) : this.current().then((fold) => this.onceOn(fold))
  }

  private onceOn(fold: Fold): Promise<void> | undefined {
    const { needs } = this.inbox
    return needs ? fetchValues(this, fold, needs).then(() => this.decide(fold)) : this.decide(fold)
  }

  private decide(fold: Fold): Promise<void> | undefined {
    const { writer } = this
    const { inbox, shelf, view } = this.at
    tellAudience(this, fold)
    beginAtItsTime(this, fold)
    const isAlone = inbox.chunks.goesAlone
    const given = { requests: inbox.take(), chunks: inbox.chunks.take(), shelf, isAlone }
    const draft = compose(fold, view, given)
    for (const fact of draft.later) this.shelf.await(fact, (one) => this.push({ facts: () => [one] }))
    if (inbox.size > 0 || draft.isAsked) this.turn()
    if (draft.facts.length + draft.chunks.length === 0 && !writer.owes(fold)) return void this.settled(fold, draft)
    const landed = writer.land(fold, draft)
    if (landed) return this.committed(fold, draft, landed)
    this.driver.claiming += draft.claims.length
    return writer.store(fold, draft).then(
      (answer) => this.answered(fold, draft, answer),
      (error: unknown) => this.refused(fold, draft, error),
    )
  }

  private answered(fold: Fold, draft: Draft, answer: Committed | undefined): Promise<void> | undefined {
    this.driver.claiming -= draft.claims.length
    this.writer.hears(answer)
    if (answer?.status === 'committed') {
      this.driver.tellTime(answer.at)
      fold.skewMs = this.driver.skewMs
      this.writer.stored(fold, answer.at)
      return this.committed(fold, draft, answer)
    }
    fold.rollback()
    this.inbox.putBack(draft)
    this.turn()
    return answer && lostTo(this, fold, answer).then(() => this.known.atHand && this.bodies.abortSuperseded(fold))
  }

  /** The fold, read anew or read on where that is due. */
  private async current(): Promise<Fold> {
    const fold = await this.known.read()
    this.bodies.abortSuperseded(fold)
    return fold
  }

  /** The storage will not have the commit, now or ever. */
  private refused(fold: Fold, draft: Draft, error: unknown): void {
    this.driver.claiming -= draft.claims.length
    if (!this.inbox.refuse(draft, error)) throw error
    fold.rollback()
    this.turn()
  }

  private committed(fold: Fold, draft: Draft, answer: Landed): Promise<void> | undefined {
    if (answer.missed.length > 0) return this.behind(fold, draft, answer)
    if (this.writer.heldBack === 0) this.known.isProven(fold.head)
    const refolded = foldLanded(fold, draft, answer)
    if (!refolded) return void this.begin(fold, draft)
    this.writer.owed.early(draft)
    return refolded.then(() => this.begin(fold, draft)).then(() => this.turn())
  }

  /** The commit lies behind others that were not known when it was made. */
  private async behind(fold: Fold, draft: Draft, answer: Landed): Promise<void> {
    this.driver.claiming += draft.claims.length
    try {
      const landed = await landBehind(this, fold, { draft, answer })
      this.bodies.abortSuperseded(landed.fold)
      this.here.misses(draft.claims.length - landed.draft.claims.length)
      this.begin(landed.fold, landed.draft)
    } finally {
      this.driver.claiming -= draft.claims.length
    }
    this.turn()
  }

  /** The run as its journal has it now, read from the beginning. */
  anew(): Promise<Fold> {
    this.known.forget()
    return this.current()
  }

  /** The commit stands. */
  private begin(fold: Fold, draft: Draft): void {
    tellAudience(this, fold, draft)
    const { bodies, here } = this.at
    for (const claimed of draft.claims) bodies.begin(fold, claimed)
    here.streak += draft.claims.length
    if (draft.facts.some(endsOthers)) bodies.abortSuperseded(fold)
    this.settled(fold, draft)
    this.writer.checkpoint(fold)
  }

  private settled(fold: Fold, draft: Draft): void {
    const { driver } = this
    const { inbox, waits, here, waiters, bodies } = this.at
    inbox.settle(draft, fold)
    announce(this, fold, draft)
    waits.see(fold, draft)
    here.turnEnds(draft.waits)
    waiters.settle(fold, this.runId)
    if (!driver.closed && !fold.standsStill) setAlarm(this, fold)
    const isWatched = waiters.size > 0 || this.audience !== undefined
    lookOut(this, !driver.closed && waitsForOthers(this, bodies, fold), isWatched)
    if (driver.running > FEW_AT_ONCE) fold.turn.undo.letGo()
    fold.forgetValues(bodies)
    if (this.writer.forgets) this.known.forget()
  }

  /** Nothing more can be done here: whoever waits is told why, and the next one who asks reads everything anew. */
  broke(error: unknown): void {
    this.known.abandon()
    this.inbox.fail(error)
    this.waiters.reject(error)
    this.bodies.abandon('lost')
    tellBroken(this, error)
  }
}
