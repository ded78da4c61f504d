import type { Logger } from '../builder/logger.js'
import type { Services } from '../builder/services.js'
import type { Workflow } from '../builder/workflow.js'
import type { Codec } from '../codec/index.js'
import type { Clock, Pulse, Storage } from '../contracts/index.js'
import { WorkflowError } from '../errors/index.js'
import { type Activity, initialState } from '../machine/index.js'
import { Fold } from './fold.js'
import { createJournalStore, type JournalStore, runJournal } from './journal-store.js'
import { LiveRun } from './live-run.js'
import { LiveRuns } from './live-runs.js'
import { createProgram, type Program } from './program.js'
import type { RunOptions } from './run-options.js'
import { Values } from './values.js'

/** `open`: there is work that this process did not take. `rest`: the run rests or has ended. */
export type News = 'open' | 'rest'

/** Everything a driver depends on, all of it given: nothing here is global. */
export interface DriverSettings {
  readonly workflows: readonly Workflow[]
  readonly storage: Storage | undefined
  /** Whether every commit is stored at once, or only when the run rests or has ended. */
  readonly flushes: 'always' | 'at-rest'
  readonly namespace: string
  readonly clock: Clock
  readonly codec: Codec
  readonly logger: Logger
  readonly services: Services
  readonly secret: ((name: string) => Promise<string>) | undefined
  /** A number from 0 to 1. */
  readonly random: () => number
  /** A name that no other process uses. */
  readonly newId: () => string
  /** How long a claim stands without a sign of life of its session. */
  readonly leaseMs: number
  /** Facts after which a checkpoint is worth its write. */
  readonly checkpointBytes: number
  /** Runs that stay in memory while nothing happens in them; 0: every turn begins with what the storage has. */
  readonly cacheRuns: number
  /** Whether this process wants to run an activity now. */
  readonly takes: (runId: string, activity: Activity) => boolean
  /** Called when this process has written something that others may wait for. */
  readonly announce: (runId: string, news: News) => void
}

/** Turns without a pause after which other things of the process get their chance. */
const TURNS_PER_BREATH = 200

/** Runs the workflows of one process. */
export class Driver {
  readonly store: JournalStore | undefined
  readonly expired = new Set<string>()
  session: string
  running = 0
  /** Nothing is taken on any more; what is under way may still come to its end. */
  closed = false
  /** Nothing is written any more either. */
  gone = false
  private readonly programs = new Map<string, Program>()
  private readonly runs: LiveRuns
  private commits = 0
  private turns = 0

  constructor(readonly settings: DriverSettings) {
    const { storage, clock, workflows } = settings
    this.store = storage && createJournalStore(storage, clock, () => this.gone)
    this.session = settings.newId()
    this.runs = new LiveRuns(settings.cacheRuns, storage !== undefined)
    for (const workflow of workflows) this.register(workflow)
  }

  /** With a cache of nothing, every turn begins with what the storage has. */
  get forgets(): boolean {
    return this.store !== undefined && this.settings.cacheRuns === 0 && this.settings.flushes === 'always'
  }

  register(workflow: Workflow): void {
    const there = this.programs.get(workflow.id)
    if (there && there.workflow !== workflow) {
      throw new WorkflowError('WF_INVALID_OPTION', `two workflows have the id "${workflow.id}"; give each its own`, {
        workflowId: workflow.id,
        field: 'workflows',
      })
    }
    if (!there) this.programs.set(workflow.id, createProgram(workflow))
  }

  program(workflowId: string): Program {
    const program = this.programs.get(workflowId)
    if (program) return program
    const text = `workflow "${workflowId}" is not registered; give it to the engine in \`workflows\``
    throw new WorkflowError('WF_UNKNOWN_WORKFLOW', text, { workflowId })
  }

  serves(workflow: Workflow): boolean {
    return this.programs.get(workflow.id)?.workflow === workflow
  }

  checkOpen(runId?: string): void {
    if (this.closed) throw new WorkflowError('WF_CLOSED', 'the engine was closed', { runId })
  }

  /** The run as this process knows it; made when it is asked for first. */
  live(runId: string, workflowId: string, options: RunOptions = {}): LiveRun {
    this.checkOpen(runId)
    return this.runs.take(
      runId,
      workflowId,
      () => new LiveRun(this, { runId, program: this.program(workflowId), options }),
    )
  }

  /** Somebody says that a run may have work or news. Unknown runs and workflows are left to others. */
  async hint(runId: string): Promise<void> {
    const { storage, namespace } = this.settings
    const known = this.runs.get(runId)
    if (known || !storage || this.closed) return known?.poke()
    const [slice] = await storage.load([{ journal: runJournal(namespace, runId), limit: 1 }])
    const workflowId = slice?.header.workflowId ?? ''
    if (this.programs.has(workflowId) && !this.closed) this.live(runId, workflowId).poke()
  }

  /** A run that was let go and has something to do again. */
  adopt(run: LiveRun): void {
    if (!this.closed) this.runs.adopt(run)
  }

  known(runId: string): LiveRun | undefined {
    return this.runs.get(runId)
  }

  all(): Iterable<LiveRun> {
    return this.runs.all()
  }

  emptyFold(run: LiveRun): Fold {
    const { codec, namespace } = this.settings
    const { graph } = run.program.workflow
    // Nothing can be read again later, so that what queries may ask for is kept.
    const state = initialState(graph, { keepInner: true })
    return new Fold(graph, new Values(codec, { namespace, runId: run.runId }), state)
  }

  commitId(): string {
    this.commits += 1
    return `${this.session}.${this.commits.toString(36)}`
  }

  /** Long chains make way for timers and input now and then. */
  breathe(): Promise<void> | undefined {
    this.turns += 1
    if (this.turns % TURNS_PER_BREATH !== 0) return undefined
    return new Promise((resolve) => setImmediate(resolve))
  }

  /** A run has nothing to do right now. */
  rested(run: LiveRun): void {
    this.runs.rest(run)
    this.onRested?.()
  }

  forget(runId: string): void {
    this.runs.drop(runId)
  }

  /** Takes up runs whose time has come or whose owner is gone. Works on what it was handed; never hands on. */
  async sweep(limit: number): Promise<number> {
    const { storage, namespace, leaseMs } = this.settings
    if (!storage || this.closed) return 0
    const serves = [...this.programs.values()].map(({ workflow }) => ({
      workflowId: workflow.id,
      graphHash: workflow.hash,
    }))
    const due = await storage.due({ namespace, serves, kinds: ['run'], limit, holdMs: leaseMs })
    await this.learnExpired(due.map(({ journal, header }) => this.live(journal.id, header.workflowId)))
    for (const { journal, header } of due) this.live(journal.id, header.workflowId).poke()
    return due.length
  }

  /** Reads on in a run that somebody waits for while others are at work on it, and takes over from those that are gone. */
  async look(run: LiveRun): Promise<void> {
    await this.learnExpired([run]).catch(() => undefined)
    run.poke()
  }

  /** Asks which of the sessions that hold claims in these runs are still alive. */
  private async learnExpired(runs: readonly LiveRun[]): Promise<void> {
    const holders = new Set<string>()
    for (const run of runs) {
      const sessions = await run.read(({ state }) =>
        [...state.activities.values()].flatMap(({ claim }) => claim?.session ?? []),
      )
      for (const session of sessions) if (session !== this.session) holders.add(session)
    }
    if (holders.size === 0) return
    const pulse = await this.beat([...holders])
    for (const session of pulse?.expired ?? []) this.expired.add(session)
  }

  /** The session must be alive before a claim names it. Waits only when the last beat is too long ago. */
  keepAlive(): Promise<unknown> | undefined {
    const { storage, clock, leaseMs } = this.settings
    if (!storage || this.gone) return undefined
    this.stopBeat ??= clock.after(leaseMs / 3, () => {
      this.stopBeat = undefined
      if (this.running > 0) this.keepAlive()?.catch(() => undefined)
      // What runs here may have been canceled or taken over elsewhere.
      for (const run of this.runs.all()) if (run.works) run.poke()
    })
    return clock.now() - this.lastBeat < leaseMs / 3 ? undefined : this.beat()
  }

  /** Keeps this process's session alive. One that finds itself expired aborts all it runs and takes a new name. */
  async beat(ask: readonly string[] = []): Promise<Pulse | undefined> {
    const { storage, leaseMs, newId } = this.settings
    const at = this.settings.clock.now()
    const pulse = await storage?.renew({ session: this.session, ttlMs: leaseMs, ask })
    this.lastBeat = at
    if (!pulse || pulse.alive) return pulse
    for (const run of this.runs.all()) run.abortAll('lost')
    this.session = newId()
    await storage?.renew({ session: this.session, ttlMs: leaseMs, ask: [] })
    return pulse
  }

  /** Lets bodies end for a while, then aborts what is left. The storage belongs to whoever made it. */
  close(drainMs: number): Promise<void> {
    this.closing ??= this.shut(drainMs)
    return this.closing
  }

  private async shut(drainMs: number): Promise<void> {
    this.closed = true
    if (drainMs > 0 && this.isBusy) await this.drained(drainMs)
    this.gone = true
    this.stopBeat?.()
    for (const run of this.runs.all()) run.close()
    this.runs.clear()
  }

  private get isBusy(): boolean {
    return this.running > 0 || [...this.runs.all()].some((run) => run.isTurning)
  }

  private drained(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.settings.clock.after(ms, resolve)
      this.onRested = () => {
        if (this.isBusy) return
        stop()
        resolve()
      }
    })
  }

  private closing: Promise<void> | undefined
  private onRested: (() => void) | undefined
  private stopBeat: (() => void) | undefined
  private lastBeat = Number.NEGATIVE_INFINITY
}
