import type { Head } from '../contracts/index.js'
import type { Trace } from '../machine/index.js'
import { firstFold, readOn } from './first-fold.js'
import type { Fold } from './fold.js'
import type { LiveRun } from './live-run.js'
import { type PutAway, putAway, takeOut } from './put-away.js'
import { valuesOf } from './values.js'

/** What this process knows of a run. */
export class Known {
  private whole: Fold | undefined
  private away: PutAway | undefined
  private isStale = false
  /** It was let alone for a while: others may have written, though mostly nobody has. */
  private wasIdle = false
  private provenHead: Head | undefined

  constructor(private readonly run: LiveRun) {}

  private get fold(): Fold | undefined {
    if (this.away) this.whole = takeOut(this.away, valuesOf(this.run))
    this.away = undefined
    return this.whole
  }

  private set fold(fold: Fold | undefined) {
    this.away = undefined
    this.whole = fold
  }

  /** It was put away, and nobody has needed it since. */
  get resting(): PutAway | undefined {
    return this.away
  }

  /** `false`: it is left as it is. */
  putAway(): boolean {
    if (this.whole && !this.isStale) this.away = putAway(this.whole)
    if (!this.away) return false
    this.whole = undefined
    return true
  }

  /** The run, unless it has to be read first. */
  get atHand(): Fold | undefined {
    return this.isStale || this.wasIdle ? undefined : this.fold
  }

  /** The run as this process has left it. Who writes on its head, and on nothing else, finds out whether it still is so. */
  get asLeft(): Fold | undefined {
    const { fold, run } = this
    const isOlder = this.isStale || (fold?.head.version ?? 0) < run.writer.knownVersion
    return isOlder || fold?.outdated ? undefined : fold
  }

  /** What is recorded of it is at hand. */
  get isLoaded(): boolean {
    return (this.away ?? this.whole) !== undefined
  }

  /** Pieces of work that nobody has claimed. */
  get open(): number {
    return this.whole?.state.ready.size ?? 0
  }

  /** The graph that the run goes by for now, which may not be that of today. */
  get storedHash(): string | undefined {
    return this.fold?.storedHash
  }

  /** Nothing can happen in it any more, or nothing has happened yet. */
  get over(): boolean {
    if (this.away) return false
    const phase = this.whole?.state.phase ?? 'unstarted'
    return phase === 'unstarted' || phase === 'ended'
  }

  /** Where it was first told of as a trace. */
  get trace(): Trace | undefined {
    return this.fold?.state.traces[0]
  }

  get hasEnded(): boolean {
    return this.whole?.state.phase === 'ended'
  }

  /** Somebody else may have written. */
  suspect(): void {
    this.isStale = true
  }

  /** Nobody here has looked at it since it was let alone. */
  get isDoubted(): boolean {
    return this.wasIdle
  }

  /** Nobody here had to do with it for a while. */
  leaves(): void {
    this.wasIdle = true
  }

  /** What was written here has landed on this head, so that nothing was missed. */
  isProven(head: Head): void {
    if (!this.wasIdle) return
    this.wasIdle = false
    this.provenHead = head
  }

  /** Whether the run was still as it was left, at this head, when somebody here went on with it. */
  wasAsLeft(head: Head): boolean {
    return this.provenHead === head || !this.run.writer.home
  }

  /** It has to be read from the beginning. Without this fold, what is held back of it must not get into the journal. */
  forget(): void {
    this.fold = undefined
    this.run.writer.held.drop()
  }

  /** Nobody will hear of what this process alone knows. */
  abandon(): void {
    this.forget()
    this.run.writer.held.clear()
  }

  /** Somebody has seen this version, so that no later read may tell of less. Whether what is known here may be older. */
  hearsOf(version: number): boolean {
    return this.isBehind(version) || this.wasIdle
  }

  /** The same of this very version: what may have come after it is another matter. */
  isBehind(version: number): boolean {
    if (Number.isFinite(version)) this.run.writer.sees(version)
    return !this.fold || this.isStale || this.fold.head.version < version
  }

  /** The run with what others have written, read anew or read on where that is due. */
  async read(): Promise<Fold> {
    const wasStale = this.isStale || this.wasIdle
    this.isStale = false
    this.wasIdle = false
    if (this.fold && wasStale) this.fold = await readOn(this.run, this.fold)
    this.fold ??= await firstFold(this.run)
    this.run.writer.foldAgain(this.fold)
    if (!this.run.writer.stampsItself) this.run.writer.sees(this.fold.head.version)
    return this.fold
  }
}
