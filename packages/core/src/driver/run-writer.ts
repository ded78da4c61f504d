import type { Commit, Committed, Entry, Header } from '../contracts/index.js'
import type { Draft } from './draft.js'
import type { Fact, Fold } from './fold.js'
import { headerOf, type Told, wakeOf } from './header.js'
import { type JournalStore, runJournal } from './journal-store.js'
import type { LiveRun } from './live-run.js'

type Landed = Extract<Committed, { readonly status: 'committed' }>

/** Entries that are held back at most until a run rests. */
const HELD_AT_MOST = 100_000

/** Writes the drafts of one run: to the storage, at once or when the run rests, or nowhere. */
export class RunWriter {
  /** Entries that are folded but not stored. */
  private held: readonly Entry[] = []
  private told: Told = {}

  constructor(private readonly run: LiveRun) {}

  /** Without a storage, or while nothing is stored yet, our clock is the only one. */
  get stampsItself(): boolean {
    const { store, settings } = this.run.driver
    return !store || settings.flushes === 'at-rest'
  }

  get heldBack(): number {
    return this.held.length
  }

  /** What lists and sweeps know of the run, as it was just read. */
  knows(header: Header | undefined): void {
    this.told = header ? { status: header.status, wakeAt: header.wakeAt } : {}
  }

  /** What is not stored, or not yet, has landed as soon as it is folded. */
  land(fold: Fold, draft: Draft): Landed | undefined {
    const { store, settings } = this.run.driver
    const at = settings.clock.now()
    if (!store) return { status: 'committed', head: { version: fold.head.version + 1, commitId: '' }, at, missed: [] }
    if (settings.flushes === 'always') return undefined
    const entries = this.entriesWith(draft)
    if (draft.facts.some(concludes) || entries.length >= HELD_AT_MOST) return undefined
    this.held = entries
    return { status: 'committed', head: fold.head, at, missed: [] }
  }

  /** Throws when the storage will not have the commit, now or ever. */
  async store(store: JournalStore, fold: Fold, draft: Draft): Promise<Committed> {
    const { driver, runId } = this.run
    const { clock, leaseMs, namespace } = driver.settings
    const now = clock.now() + fold.skewMs
    const [wake, wakeAt] = wakeOf(fold, this.told, { now, leaseMs, leaves: driver.closed })
    const { header } = headerOf(this.run, fold, this.told)
    const commit: Commit = {
      journal: runJournal(namespace, runId),
      commitId: driver.commitId(),
      base: fold.head.version === 0 ? 'new' : fold.head,
      entries: this.entriesWith(draft),
      ...(header && { header }),
      ...wake,
      ...(draft.facts.some(({ event }) => event.type === 'run-ended') && { seal: true }),
    }
    const answer = await store.commit(commit)
    if (answer.status !== 'committed') return answer
    this.held = []
    this.told = { status: header?.status ?? this.told.status ?? '', ...(wakeAt !== undefined && { wakeAt }) }
    return answer
  }

  private entriesWith({ facts }: Draft): readonly Entry[] {
    const entries = facts.map(({ entry }) => entry)
    return this.held.length === 0 ? entries : [...this.held, ...entries]
  }
}

/** Moments after which nobody may be around to write the rest. */
const concludes = ({ event }: Fact): boolean =>
  event.type === 'run-rested' || event.type === 'run-ended' || event.type === 'callback-settled'
