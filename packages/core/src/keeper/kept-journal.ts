import { type Commit, type JournalId, ORIGIN, type StoredValue } from '../contracts/index.js'
import { soon } from '../driver/soon.js'
import { isWorkflowError } from '../errors/index.js'
import type { Stamp } from '../machine/index.js'
import { JournalFold } from './journal-fold.js'
import type { Question, Written } from './question.js'
import type { Shelter } from './shelter.js'
import type { EntryPlace, SmallMachine, Summary } from './small-machine.js'
import { isToldOf, sameHeader } from './summary-told.js'

interface Asked<State, Fact> {
  readonly question: Question<State, Fact, unknown>
  places: EntryPlace[]
  /** It cannot be decided on this state. */
  refusal: { readonly error: unknown } | undefined
  resolve(answer: unknown): void
  reject(error: unknown): void
}

/** How many questions go into one commit, so that a burst does not become one that no storage takes. */
const MOST_AT_ONCE = 256

/** One journal that is no run, as far as this process has to do with it: one commit at a time, for all who asked meanwhile. */
export class KeptJournal<State, Fact> {
  private readonly fold: JournalFold<State, Fact>
  private asked: Asked<State, Fact>[] = []
  private isTurning = false
  /** Others may have written since we last read. */
  private isSuspect = true
  /** Values, where nothing is stored. */
  private values: Map<string, StoredValue> | undefined

  constructor(
    readonly journal: JournalId,
    private readonly machine: SmallMachine<State, Fact>,
    private readonly shelter: Shelter,
  ) {
    this.fold = new JournalFold(journal, machine)
  }

  /** Nothing is lost when this object is. */
  get isSpare(): boolean {
    if (this.isTurning || this.asked.length > 0) return false
    return this.shelter.store !== undefined || this.machine.summary(this.fold.state, this.shelter.now()).isOver
  }

  /** Others have written, to this version as far as is known: what is known here is not enough to decide on. */
  suspect(version = 0): void {
    this.isSuspect = true
    this.fold.sees(version)
  }

  kept(place: EntryPlace): StoredValue | undefined {
    return this.values?.get(nameOf(place))
  }

  drop(place: EntryPlace): void {
    this.values?.delete(nameOf(place))
  }

  ask<Answer>(question: Question<State, Fact, Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.asked.push({
        question,
        places: [],
        refusal: undefined,
        resolve: resolve as (answer: unknown) => void,
        reject,
      })
      if (this.isTurning) return
      this.isTurning = true
      soon(() => void this.turns())
    })
  }

  private async turns(): Promise<void> {
    while (this.asked.length > 0) await this.tries(this.asked.splice(0, MOST_AT_ONCE))
    this.isTurning = false
  }

  /** Never rejects. */
  private async tries(asked: readonly Asked<State, Fact>[]): Promise<void> {
    try {
      await this.once(asked)
    } catch (error) {
      this.undoAll()
      if (asked.length === 1 || !isCertain(error)) {
        for (const { reject } of asked) reject(error)
        return
      }
      // Who alone is to blame, or all of it together, holds up nobody.
      const half = asked.length >> 1
      await this.tries(asked.slice(0, half))
      await this.tries(asked.slice(half))
    }
  }

  private undoAll(): void {
    // What nobody has stored is all there is.
    if (this.shelter.store) this.forget()
    else this.fold.undo.rollback()
  }

  private async once(asked: readonly Asked<State, Fact>[]): Promise<void> {
    const { store } = this.shelter
    for (let isFresh = !store; ; ) {
      await this.shelter.learnTime()
      if (store && this.isSuspect) {
        this.isSuspect = false
        await this.fold.readOn(store)
        isFresh = true
      }
      const moment: Moment = { stamp: { at: Number.NaN }, now: this.shelter.now() }
      const written = this.draft(asked, moment)
      if (!isFresh && asked.some(({ places }) => places.length === 0)) {
        // Somebody is answered from the state alone, which others may have changed.
        this.fold.undo.rollback()
        this.isSuspect = true
      } else if (isLook(asked, written) || (await this.store(asked, written, moment))) {
        const { stamp, now } = moment
        for (const one of asked) this.settle(one, Number.isNaN(stamp.at) ? now : stamp.at)
        return
      } else isFresh = !this.isSuspect
    }
  }

  private settle({ question, places, refusal, resolve, reject }: Asked<State, Fact>, now: number): void {
    if (refusal) return reject(refusal.error)
    try {
      resolve(question.answer(this.fold.state, places, now))
    } catch (error) {
      reject(error)
    }
  }

  private draft(asked: readonly Asked<State, Fact>[], { stamp, now }: Moment): readonly Written<Fact>[] {
    const { undo, state, head } = this.fold
    undo.clear()
    const written: Written<Fact>[] = []
    for (const one of asked) {
      for (const fact of decide(one, state, now)) {
        const place = { version: head.version + 1, index: written.length }
        if (!this.machine.fold(state, fact.fact, { ...place, undo, stamp })) continue
        written.push(fact)
        one.places.push(place)
      }
    }
    return written
  }

  /** `false`: others were faster; what they wrote is known now, or we know that we have to read it. */
  private async store(
    asked: readonly Asked<State, Fact>[],
    written: readonly Written<Fact>[],
    { stamp, now }: Moment,
  ): Promise<boolean> {
    const { fold } = this
    const { store } = this.shelter
    const summary = this.machine.summary(fold.state, now)
    if (!store) {
      this.keep(written)
      stamp.at = now
      return true
    }
    if (written.length === 0 && (fold.head === ORIGIN || isToldOf(summary, fold.told))) return true
    const commit = this.commitOf(written, summary)
    const answer = await store.commit(commit)
    if (answer.status === 'committed') {
      stamp.at = answer.at
      this.shelter.hearTime(answer.at)
      fold.head = answer.head
      fold.told = summary
      if (this.machine.goesByStamps?.(fold.state)) this.foldAgain(asked, written, stamp)
      fold.undo.letGo()
      fold.tailBytes += commit.entries.reduce((sum, { fact }) => sum + fact.length, 0)
      this.checkpoint()
      return true
    }
    fold.undo.rollback()
    if (answer.status === 'stale') fold.applyAll(answer.missed)
    else this.forget()
    // What others have told lists and sweeps we do not know.
    fold.told = undefined
    return false
  }

  /** Our clock may have been wrong when we decided what to write: what stands is what the storage's makes of it. */
  private foldAgain(asked: readonly Asked<State, Fact>[], written: readonly Written<Fact>[], stamp: Stamp): void {
    const { undo, state, head } = this.fold
    undo.rollback()
    const stand = new Set<number>()
    for (const [index, { fact }] of written.entries())
      if (this.machine.fold(state, fact, { version: head.version, index, undo, stamp })) stand.add(index)
    for (const one of asked) one.places = one.places.filter(({ index }) => stand.has(index))
    if (stand.size < written.length) this.fold.told = undefined
  }

  private keep(written: readonly Written<Fact>[]): void {
    const version = this.fold.head.version + 1
    this.fold.head = { version, commitId: '' }
    for (const [index, { value }] of written.entries()) {
      if (value === undefined) continue
      this.values ??= new Map()
      this.values.set(nameOf({ version, index }), value)
    }
  }

  private commitOf(written: readonly Written<Fact>[], summary: Summary): Commit {
    const { journal } = this
    const { head, told } = this.fold
    const entries = written.map(({ fact, value }) => ({
      type: 'event' as const,
      fact: JSON.stringify(fact),
      ...(value !== undefined && { value }),
    }))
    const { status, workflowId, tags = [], wakeAt, isOver } = summary
    const header = { status, workflowId, graphHash: '', workflowVersion: '', resourceId: null, tags }
    return {
      journal,
      commitId: this.shelter.commitId(),
      base: head === ORIGIN ? 'new' : head,
      entries,
      ...(!(told && sameHeader(told, summary)) && { header }),
      ...(wakeAt === null ? { wakeInMs: null } : { wakeAt }),
      seal: isOver,
    }
  }

  private forget(): void {
    this.fold.forget()
    this.isSuspect = true
  }

  private checkpoint(): void {
    const { fold } = this
    const checkpointBytes = Math.min(this.shelter.checkpointBytes, this.machine.checkpointBytes ?? Number.MAX_VALUE)
    if (fold.tailBytes < Math.max(checkpointBytes, fold.checkpointBytes)) return
    const state = JSON.stringify(this.machine.save(fold.state))
    fold.tailBytes = 0
    fold.checkpointBytes = state.length
    this.shelter.saveCheckpoint(this.journal, fold.head, state)
  }
}

interface Moment {
  readonly stamp: Stamp
  readonly now: number
}

const nameOf = ({ version, index }: EntryPlace): string => `${version}.${index}`

/** The storage has looked at what it was given, and has written nothing of it. After any other error nobody knows. */
const isCertain = (error: unknown): boolean =>
  isWorkflowError(error, 'WF_LIMIT') || isWorkflowError(error, 'WF_INVALID_OPTION')

const isLook = <State, Fact>(asked: readonly Asked<State, Fact>[], written: readonly unknown[]): boolean =>
  written.length === 0 && asked.every(({ question }) => question.isLook)

function decide<State, Fact>(one: Asked<State, Fact>, state: State, now: number): Iterable<Written<Fact>> {
  one.places = []
  one.refusal = undefined
  try {
    return one.question.facts(state, now)
  } catch (error) {
    one.refusal = { error }
    return []
  }
}
