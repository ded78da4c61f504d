import { type Head, type JournalId, ORIGIN, type Slice, type StoredCommit } from '../contracts/index.js'
import type { JournalStore } from '../driver/journal-store.js'
import { Undo } from '../machine/undo.js'
import { foldCommits, textOfState } from './fold-commits.js'
import type { SmallMachine, Summary } from './small-machine.js'

const COMMITS_PER_READ = 2_000

/** What this process knows of a journal: the fold of what it has read, and what lists and sweeps were told. */
export class JournalFold<State, Fact> {
  state: State
  head: Head = ORIGIN
  told: Summary | undefined
  readonly undo = new Undo()
  /** Bytes of facts behind the last checkpoint, and how many that has itself. */
  tailBytes = 0
  checkpointBytes = 0
  /** The newest version that somebody here has heard of: a replica that lags must not answer with less. */
  private seen = 0

  constructor(
    private readonly journal: JournalId,
    private readonly machine: SmallMachine<State, Fact>,
  ) {
    this.state = machine.begin()
  }

  sees(version: number): void {
    this.seen = Math.max(this.seen, version)
  }

  forget(): void {
    this.state = this.machine.begin()
    this.head = ORIGIN
    this.told = undefined
    this.tailBytes = 0
    this.checkpointBytes = 0
    this.seen = 0
    this.undo.letGo()
  }

  /** Folds all that is stored by now. */
  async readOn(store: JournalStore): Promise<void> {
    for (let isMore = true; isMore; ) {
      const isCold = this.head.version === 0
      const slice = await this.read(store, isCold)
      if (!slice) return this.forget()
      isMore = isCold || goesOn(slice, this.head) ? this.take(slice, isCold) : this.beginAnew()
    }
  }

  applyAll(commits: readonly StoredCommit[]): void {
    this.tailBytes += foldCommits(this.machine, this.state, { commits, undo: this.undo })
    const last = commits.at(-1)
    if (last) this.head = { version: last.version, commitId: last.commitId }
  }

  /** The commit with which a warm read begins is known: it tells whether this is still the same journal. */
  private read(store: JournalStore, isCold: boolean): Promise<Slice | undefined> {
    const { version } = this.head
    return store.load({
      journal: this.journal,
      after: isCold ? 0 : version - 1,
      atLeast: Math.max(version, this.seen),
      ...(isCold && { fromCheckpoint: true }),
      limit: COMMITS_PER_READ,
    })
  }

  /** Answers whether there is more. */
  private take({ checkpoint, commits, header, more }: Slice, isCold: boolean): boolean {
    if (checkpoint) {
      this.state = this.machine.load(JSON.parse(textOfState(checkpoint.state)))
      this.head = checkpoint.head
      this.checkpointBytes = checkpoint.state.length
    }
    this.applyAll(isCold ? commits : commits.slice(1))
    const { status, workflowId, tags, wakeAt, sealed } = header
    this.told = { status, workflowId, tags, wakeAt, isOver: sealed }
    return more
  }

  /** It was deleted, and made again under the same id. */
  private beginAnew(): boolean {
    this.forget()
    return true
  }
}

function goesOn({ commits: [first] }: Slice, { version, commitId }: Head): boolean {
  return first?.version === version && first.commitId === commitId
}
