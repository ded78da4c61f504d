import type { Encoded, ValueOwner } from '../codec/index.js'
import type { DueJournal, JournalId, StoredValue } from '../contracts/index.js'
import type { Driver } from '../driver/driver.js'
import type { LiveRun } from '../driver/live-run.js'
import { WorkflowError } from '../errors/index.js'
import { KeptJournal } from './kept-journal.js'
import type { Question } from './question.js'
import type { Shelter } from './shelter.js'
import { shelterOf } from './shelter-of.js'
import type { EntryPlace, SmallMachine } from './small-machine.js'

/** So many journals that nobody asks about stay in memory; without a storage all of them do in which there is something. */
const MOST_KEPT = 1_000

/** All journals of one kind, as far as this process has to do with them. */
export class Keeper<State, Fact> {
  private readonly journals = new Map<string, KeptJournal<State, Fact>>()
  /** So many are looked through for those that can go: not again and again while all of them are in use. */
  private mostKept = MOST_KEPT

  constructor(
    private readonly driver: Driver,
    private readonly machine: SmallMachine<State, Fact>,
    private readonly shelter: Shelter = shelterOf(driver),
  ) {}

  /** What is under way when the engine closes may still come to its end. */
  async ask<Answer>(id: string, question: Question<State, Fact, Answer>): Promise<Answer> {
    if (this.driver.gone) this.driver.checkOpen()
    return this.take(id).ask(question)
  }

  /** Nothing is left in it. Where nothing is stored, it would otherwise stay in memory for ever. */
  forget(id: string): void {
    if (this.journals.get(id)?.isSpare) this.journals.delete(id)
  }

  /** Others have written, as a hint or a sweep says, and come to this version as far as they say that too. */
  suspect(id: string, version = 0): void {
    this.take(id).suspect(version)
  }

  get isEmpty(): boolean {
    return this.journals.size === 0
  }

  /** The ids of those that are in memory. */
  ids(): readonly string[] {
    return [...this.journals.keys()]
  }

  journal(id: string): JournalId {
    return { namespace: this.driver.settings.namespace, kind: this.machine.kind, id }
  }

  /** As it is stored beside a fact. `path` names the value within the journal, and an encrypting codec binds it to that. */
  encode(id: string, path: string, value: unknown): Encoded | Promise<Encoded> {
    const { codec } = this.driver.settings
    return codec.encode(codec.isolate(value), this.owner(id, path))
  }

  /** The value beside the fact at that place. */
  async value(id: string, place: EntryPlace, path: string): Promise<unknown> {
    const stored = this.shelter.store ? await this.pick(id, place) : this.take(id).kept(place)
    if (stored === undefined) {
      throw new WorkflowError('WF_STORAGE', `the value "${path}" of ${this.machine.kind} "${id}" is lost`)
    }
    return this.driver.settings.codec.decode(stored, this.owner(id, path))
  }

  /**
   * Nobody will ask for the value any more. A storage keeps it until the journal is deleted; what the codec has put
   * elsewhere goes. Never rejects: a payload that stays behind harms nobody.
   */
  async dropValue(id: string, place: EntryPlace, path: string): Promise<void> {
    this.journals.get(id)?.drop(place)
    const { codec, logger } = this.driver.settings
    const { namespace, runId } = this.owner(id, path)
    try {
      await codec.discard?.({ namespace, runId })
    } catch (error) {
      logger.warn({ err: error }, `the payload "${path}" of ${this.machine.kind} "${id}" was not removed`)
    }
  }

  private async pick(id: string, { version, index }: EntryPlace): Promise<StoredValue | undefined> {
    const place = { after: version, atLeast: version, limit: 1, pick: [{ version, index }] }
    const slice = await this.shelter.store?.load({ journal: this.journal(id), ...place })
    return slice?.picked[0]?.value
  }

  /** Each value has an owner of its own, so that what an offload holds of it can be removed without the others. */
  private owner(id: string, path: string): ValueOwner {
    const { namespace } = this.driver.settings
    return { namespace, runId: `${this.machine.kind}:${id}:${path}`, path }
  }

  private take(id: string): KeptJournal<State, Fact> {
    const there = this.journals.get(id)
    // Those that were asked about last are at the end.
    if (there) this.journals.delete(id)
    const journal = there ?? new KeptJournal(this.journal(id), this.machine, this.shelter)
    this.journals.set(id, journal)
    if (this.journals.size > this.mostKept) this.dropSpare(journal)
    return journal
  }

  private dropSpare(asked: KeptJournal<State, Fact>): void {
    for (const [id, journal] of this.journals) {
      if (this.journals.size <= MOST_KEPT / 2) break
      if (journal !== asked && journal.isSpare) this.journals.delete(id)
    }
    this.mostKept = Math.max(MOST_KEPT, this.journals.size * 2)
  }
}

/** Whoever looks after the journals of a kind when a sweep finds that something in one of them is due. */
export interface Caretaker {
  readonly kind: JournalId['kind']
  /** Whether this process has to do with such journals; where it has not, only some sweeps look for them. Absent: it has. */
  readonly isConcerned?: boolean
  wake(due: DueJournal): Promise<void>
  /** Called after each sweep: removes what nobody needs any more. Never rejects. */
  tidy?(): Promise<void>
  /** Runs that it has begun since it was asked last; who looked for work has found them. */
  begun?(): readonly LiveRun[]
  /** A run has nothing to do here just now. */
  rested?(run: { readonly runId: string; readonly hasEnded: boolean }): void
}
