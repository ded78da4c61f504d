import type { Commit, Committed, Entry, Header } from '../contracts/index.js'
import { toError, WorkflowError } from '../errors/index.js'
import { dueAt, refsOf, saveState } from '../machine/index.js'
import { Body } from './body.js'
import { compose, type Draft, type Shelf, type Writer } from './draft.js'
import type { Driver } from './driver.js'
import { firstDue } from './due.js'
import type { Fact, Fold } from './fold.js'
import { headerOf, type Told, wakeOf } from './header.js'
import { runJournal } from './journal-store.js'
import { applyAll, catchUp, coldFold } from './load-run.js'
import { failureOf } from './outcome.js'
import { outside } from './outside.js'
import { type Bench, type Claimed, deskOf } from './perform.js'
import type { Program } from './program.js'
import { createRecorder } from './recorder.js'
import type { Request } from './request.js'
import { surroundingsOf } from './surroundings.js'
import { type Waiter, Waiters } from './waiters.js'

/** What was given when the run was made, for its header. */
export interface RunOptions {
  readonly resourceId?: string
  readonly tags?: readonly string[]
}

/**
 * One run as far as this process has to do with it. All that is written goes through one loop: take what has come
 * in, fold it, claim what can be claimed, commit all of it as one, begin what was claimed.
 */
export class LiveRun {
  readonly bench: Bench
  readonly waiters = new Waiters()
  readonly observers = new Set<(chunk: unknown) => void>()
  fold: Fold | undefined
  private inbox: Request[] = []
  private readonly bodies = new Map<string, Body>()
  private readonly shelf: Shelf = new Map()
  private told: Told = {}
  /** With `flushes: 'at-rest'`: entries that are folded but not stored. */
  private held: readonly Entry[] = []
  private batch = Number.POSITIVE_INFINITY
  private turning = false
  private again = false
  private stale = false
  private disarm: (() => void) | undefined

  readonly runId: string
  readonly program: Program
  options: RunOptions

  constructor(
    readonly driver: Driver,
    { runId, program, options }: Pick<LiveRun, 'runId' | 'program' | 'options'>,
  ) {
    this.runId = runId
    this.program = program
    this.options = options
    const { codec, namespace, random } = driver.settings
    const recorder = createRecorder(codec, { namespace, runId }, driver.store !== undefined)
    const controller = () => new AbortController()
    this.bench = { program, recorder, random, controller, around: surroundingsOf(this) }
  }

  /** Nothing here needs this process to remember the run. */
  get idle(): boolean {
    return !this.turning && this.bodies.size === 0 && this.inbox.length === 0 && this.waiters.size === 0 && !this.disarm
  }

  get running(): number {
    return this.bodies.size
  }

  push(request: Request): void {
    this.inbox.push(request)
    this.turn()
  }

  /** Somebody else may have written: read on before anything is decided. */
  poke(): void {
    this.stale = true
    this.turn()
  }

  abortAll(reason: 'lost' | 'draining'): void {
    for (const body of this.bodies.values()) body.abort(reason)
  }

  /** Nothing is begun or written any more; what still runs is told to stop. */
  close(): void {
    this.disarm?.()
    this.abortAll('draining')
    this.bodies.clear()
    this.waiters.reject(
      new WorkflowError('WF_CLOSED', `the engine was closed while run "${this.runId}" was under way`, {
        runId: this.runId,
      }),
    )
  }

  private turn(): void {
    this.again = true
    if (this.turning) return
    this.turning = true
    void outside(() => this.turns())
  }

  private async turns(): Promise<void> {
    while (this.again) {
      this.again = false
      try {
        await this.once()
      } catch (error) {
        this.breakDown(error)
      }
      await this.driver.breathe()
    }
    this.turning = false
    this.driver.rested(this)
  }

  private async once(): Promise<void> {
    const fold = await this.current()
    const requests = this.inbox.splice(0, this.batch)
    fold.begin(this.stampsItself ? this.driver.settings.clock.now() : Number.NaN, this.held.length)
    const draft = compose(fold, this.writer(), { requests, shelf: this.shelf })
    this.prepareLater(draft)
    if (draft.facts.length === 0) return this.settled(fold, draft)
    if (this.inbox.length > 0) this.turn()
    else this.batch = Number.POSITIVE_INFINITY
    const answer = await this.commit(fold, draft)
    if (!answer) return this.turn()
    if (answer.status === 'committed') return this.committed(fold, draft, answer)
    fold.rollback()
    this.inbox = [...draft.told.map(({ request }) => request), ...this.inbox]
    await this.refused(fold, answer)
  }

  /** The fold, read anew or read on where that is due. */
  private async current(): Promise<Fold> {
    const { store } = this.driver
    if (this.fold && store && this.stale) {
      this.stale = false
      const slice = await catchUp(this, store, this.fold)
      if (slice) this.abortSuperseded(this.fold)
    }
    if (this.fold) return this.fold
    this.stale = false
    if (!store) this.fold = this.driver.emptyFold(this)
    else {
      const { fold, slice } = await coldFold(this, store)
      this.fold = fold
      this.told = slice ? { status: slice.header.status, wakeAt: slice.header.wakeAt } : {}
      if (slice) this.options = optionsOf(slice.header)
    }
    return this.fold
  }

  /** Without a storage, or while nothing is stored yet, our clock is the only one. */
  private get stampsItself(): boolean {
    return !this.driver.store || this.driver.settings.flushes === 'at-rest'
  }

  private writer(): Writer {
    const { driver, bench, bodies } = this
    return {
      bench,
      session: driver.session,
      now: (fold) => driver.settings.clock.now() + fold.skewMs,
      takes: (activity) => driver.settings.takes(this.runId, activity),
      expired: driver.expired,
      alone: driver.running === 0,
      isRunning: (key) => bodies.has(key),
    }
  }

  private prepareLater({ waiting, later }: Draft): void {
    for (const { activity, prepared } of waiting) {
      void prepared.then((one) => {
        this.shelf.set(activity.key, { seq: activity.seq, prepared: one })
        this.turn()
      })
    }
    for (const fact of later) void fact.then((one) => this.push({ facts: () => [one] }))
  }

  private async commit(fold: Fold, draft: Draft): Promise<Committed | undefined> {
    const { store, settings } = this.driver
    const now = settings.clock.now()
    if (!store)
      return { status: 'committed', head: { version: fold.head.version + 1, commitId: '' }, at: now, missed: [] }
    const entries = [...this.held, ...draft.facts.map(({ entry }) => entry)]
    if (settings.flushes === 'at-rest' && !draft.facts.some(concludes) && entries.length < HELD_AT_MOST) {
      this.held = entries
      return { status: 'committed', head: fold.head, at: now, missed: [] }
    }
    const [wake, wakeAt] = wakeOf(fold, this.told, { now: now + fold.skewMs, leaseMs: settings.leaseMs })
    const header = headerOf(this, fold, this.told)
    const commit: Commit = {
      journal: runJournal(settings.namespace, this.runId),
      commitId: this.driver.commitId(),
      base: fold.head.version === 0 ? 'new' : fold.head,
      entries,
      ...header,
      ...wake,
      ...(draft.facts.some(({ event }) => event.type === 'run-ended') && { seal: true }),
    }
    try {
      if (draft.claims.length > 0) await this.driver.keepAlive()
      const answer = await store.commit(commit)
      this.held = []
      if (answer.status === 'committed')
        this.told = { status: header.header?.status ?? this.told.status ?? '', ...(wakeAt !== undefined && { wakeAt }) }
      return answer
    } catch (error) {
      fold.rollback()
      this.refuse(draft, error)
      return undefined
    }
  }

  private async committed(
    fold: Fold,
    draft: Draft,
    answer: Extract<Committed, { status: 'committed' }>,
  ): Promise<void> {
    const { version, commitId } = answer.head
    fold.skewMs = answer.at - this.driver.settings.clock.now()
    if (fold.stamp(answer.at)) fold.head = answer.head
    else {
      fold.rollback()
      await applyAll(fold, {
        commits: [{ version, commitId, at: answer.at, entries: draft.facts.map(({ entry }) => entry) }],
      })
    }
    for (const claimed of draft.claims) this.begin(fold, claimed)
    if (draft.facts.some(({ event }) => event.type === 'cancel-requested' || event.type === 'timer-fired'))
      this.abortSuperseded(fold)
    this.settled(fold, draft)
    this.checkpoint(fold)
  }

  /** Somebody was faster, or the journal is not what we knew. */
  private async refused(fold: Fold, answer: Exclude<Committed, { status: 'committed' }>): Promise<void> {
    this.turn()
    if (answer.status === 'stale' || answer.status === 'sealed') {
      await applyAll(fold, { commits: answer.missed })
      return this.abortSuperseded(fold)
    }
    this.fold = undefined
    if (answer.status === 'exists') return
    const text =
      answer.status === 'gone'
        ? `run "${this.runId}" was deleted`
        : `the journal of run "${this.runId}" is not the one that was read: the storage has lost or replaced commits`
    throw new WorkflowError(answer.status === 'gone' ? 'WF_UNKNOWN_RUN' : 'WF_STORAGE', text, { runId: this.runId })
  }

  private begin(fold: Fold, claimed: Claimed): void {
    const { activity, claim } = claimed
    if (fold.state.activities.get(activity.key)?.claim?.ref !== claim) return
    const { clock } = this.driver.settings
    const body = new Body(this.bench, claimed, (ms, wake) => clock.after(ms, wake))
    this.bodies.set(activity.key, body)
    this.driver.running += 1
    void body.run().then((facts) => this.finish(body, claimed, facts))
  }

  private finish(body: Body, claimed: Claimed, facts: readonly Fact[]): void {
    body.done()
    this.driver.running -= 1
    if (this.driver.running === 0) this.driver.onIdle?.()
    if (this.bodies.get(body.key) === body) this.bodies.delete(body.key)
    const record = async (error: unknown): Promise<void> => {
      const instead = await failureOf(deskOf(this.bench, claimed), toError(error), { final: true })
      this.push({ facts: () => instead })
    }
    this.push({ facts: () => facts, failed: (error) => void record(error) })
  }

  /** Bodies whose claim no longer stands are told so; what they return will be dropped. */
  private abortSuperseded(fold: Fold): void {
    for (const body of this.bodies.values()) {
      if (fold.state.activities.get(body.key)?.claim?.ref === body.claim) continue
      this.bodies.delete(body.key)
      body.abort(whyLost(fold))
    }
  }

  private settled(fold: Fold, draft: Draft): void {
    for (const { request, effect } of draft.told) request.settled?.(effect, fold)
    if (fold.state.ready.size > 0) this.driver.settings.offer(this.runId)
    this.waiters.settle(fold, this.runId)
    this.arm(fold)
    if (fold.values.size > 2 * this.valuesKept + 256) this.forgetValues(fold)
    if (this.driver.forgets) this.fold = undefined
  }

  private valuesKept = 0

  /** Each time they have doubled, values that nothing refers to any more are dropped. */
  private forgetValues(fold: Fold): void {
    fold.values.retain(refsOf(fold.state))
    this.valuesKept = fold.values.size
  }

  private arm(fold: Fold): void {
    this.disarm?.()
    this.disarm = undefined
    const first = firstDue(fold.state)
    if (!first) return
    const { clock } = this.driver.settings
    const ms = dueAt(first.due) - fold.skewMs - clock.now()
    this.disarm = clock.after(Math.max(0, ms), () => {
      this.disarm = undefined
      this.turn()
    })
  }

  private checkpoint(fold: Fold): void {
    const { settings } = this.driver
    if (!settings.storage || fold.tailBytes < Math.max(settings.checkpointBytes, fold.checkpointBytes)) return
    const state = JSON.stringify(saveState(fold.state))
    fold.tailBytes = 0
    fold.checkpointBytes = state.length
    const journal = runJournal(settings.namespace, this.runId)
    settings.storage.checkpoint({ journal, head: fold.head, state }).catch((error: unknown) => {
      settings.logger.warn(`the checkpoint of run "${this.runId}" was not stored`, { error })
    })
  }

  /** Nothing more can be done here: whoever waits is told why, and the next one who asks reads everything anew. */
  private breakDown(error: unknown): void {
    this.fold = undefined
    const requests = this.inbox
    this.inbox = []
    for (const request of requests) request.failed?.(error)
    this.waiters.reject(error)
    for (const body of this.bodies.values()) body.abort('lost')
    this.bodies.clear()
    this.driver.settings.logger.error(`run "${this.runId}" cannot go on here: ${toError(error).message}`, { error })
  }

  /** The storage will not have this commit, now or ever. Of several requests only the one to blame is to suffer. */
  private refuse({ told }: Draft, error: unknown): void {
    const [only] = told
    if (!only) throw error
    if (told.length === 1) return only.request.failed?.(error)
    this.inbox = [...told.map(({ request }) => request), ...this.inbox]
    this.batch = 1
  }

  wait(waiter: Waiter): void {
    this.waiters.add(waiter)
  }

  /** The run as it is now, with what others have written. The answer holds until somebody awaits something else. */
  read<Result>(look: (fold: Fold) => Result): Promise<Result> {
    this.stale = true
    return new Promise((resolve, reject) => {
      this.push({
        facts: () => [],
        settled: (_effect, fold) => {
          try {
            resolve(look(fold))
          } catch (error) {
            reject(error)
          }
        },
        failed: reject,
      })
    })
  }

  /** Writes facts; the answer says whether they meant anything. */
  write(facts: (fold: Fold) => readonly Fact[], waiter?: Waiter): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.push({
        facts,
        failed: reject,
        settled: (effect) => {
          if (effect && waiter) this.waiters.add(waiter)
          resolve(effect)
        },
      })
    })
  }
}

/** Entries that are held back at most until a run rests. */
const HELD_AT_MOST = 100_000

const concludes = ({ event }: Fact): boolean =>
  event.type === 'run-rested' || event.type === 'run-ended' || event.type === 'callback-settled'

/** The stored ones hold, whoever takes the run up. */
const optionsOf = ({ resourceId, tags }: Header): RunOptions => ({ tags, ...(resourceId !== null && { resourceId }) })

function whyLost({ state }: Fold): 'canceled' | 'timeout' | 'lost' {
  if (state.outcome?.status === 'canceled') return 'canceled'
  return state.outcome?.status === 'failed' ? 'timeout' : 'lost'
}
