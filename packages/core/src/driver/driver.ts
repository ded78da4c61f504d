import type { Workflow } from '../builder/workflow.js'
import type { DueQuery } from '../contracts/index.js'
import { toError, WorkflowError } from '../errors/index.js'
import type { Caretaker } from '../keeper/index.js'
import { Doorman } from '../limit/doorman.js'
import { initialState } from '../machine/index.js'
import { timedStorage } from '../telemetry/timed-storage.js'
import type { DriverSettings } from './driver-settings.js'
import { Fold } from './fold.js'
import { Heartbeat } from './heartbeat.js'
import { createJournalStore, type JournalStore } from './journal-store.js'
import type { LiveChunk } from './live-chunk.js'
import { LiveRun } from './live-run.js'
import { LiveRuns } from './live-runs.js'
import type { PostOffice } from './post-office.js'
import { createProgram, type Program } from './program.js'
import { RecordedGraphs } from './recorded-graphs.js'
import type { RunOptions } from './run-options.js'
import { SweepLoop, type SweepOptions } from './sweep-loop.js'
import { Sweeper } from './sweeper.js'
import { Trials } from './trials.js'
import { valuesOf } from './values.js'

export type { DriverSettings } from './driver-settings.js'

/** Turns of all runs without a pause after which other things of the process get their chance. */
const TURNS_PER_BREATH = 200

/** How long a close waits for the storage to hear that claims are given back. */
const LONGEST_RELEASE_MS = 2_000

/** What is said of a run that is handed over. */
export interface Handing {
  /** To which the run had come by then. Default: nobody knows. */
  readonly version?: number
  /** By how many hints at once. Default: one. */
  readonly times?: number
}

/** Runs the workflows of one process. */
export class Driver {
  readonly store: JournalStore | undefined
  readonly heart: Heartbeat
  running = 0
  /** Claims in commits that have not landed yet. */
  claiming = 0
  /** Nothing is taken on any more; what is under way may still come to its end. */
  closed = false
  /** Nothing that was claimed is begun any more: claims are given back. */
  releasing = false
  /** Nothing is written any more either. */
  gone = false
  /** How far the storage's clock was ahead of ours when we last heard of it. */
  skewMs = 0
  /** The storage has said what time it is. */
  knowsTime = false
  readonly sweeper = new Sweeper(this)
  readonly trials = new Trials(this)
  readonly graphs = new RecordedGraphs()
  /** Those who look after journals that are no runs. */
  readonly caretakers: Caretaker[] = []
  /** Where runs wait for events. */
  post: PostOffice | undefined
  readonly doorman: Doorman
  private readonly loops = new Set<SweepLoop>()
  private readonly programs = new Map<string, Program>()
  private readonly runs: LiveRuns
  private commits = 0
  /** What the ids of all commits begin with, held once. */
  private named = { session: '', prefix: '' }
  private turns = 0
  private breath: Promise<void> | undefined

  constructor(readonly settings: DriverSettings) {
    const { storage, clock, workflows } = settings
    const tells = (error: unknown): void =>
      settings.logger.warn({ err: error }, `the storage does not answer; it is asked again: ${toError(error).message}`)
    const reached = storage && settings.witness?.measures ? timedStorage(storage, settings.witness) : storage
    this.store = reached && createJournalStore(reached, { clock, closed: () => this.gone, tells })
    this.heart = new Heartbeat(this)
    this.runs = new LiveRuns(settings.cacheRuns)
    this.doorman = new Doorman(this)
    this.caretakers.push(this.doorman)
    for (const workflow of workflows) this.register(workflow)
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

  /** Under which name this process makes claims now. */
  get session(): string {
    return this.heart.session
  }

  serves(workflow: Workflow): boolean {
    return this.programs.get(workflow.id)?.workflow === workflow
  }

  /** There is a workflow of this id. */
  has(workflowId: string): boolean {
    return this.programs.has(workflowId)
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

  /** Somebody hands this process a run in which there is work. Resolves when what it takes of it is claimed. */
  async hand(runId: string, workflowId: string, handing: Handing = {}): Promise<void> {
    if (this.closed || !this.has(workflowId)) return
    await this.live(runId, workflowId).hand(handing)
  }

  /** Somebody says that a run has come to this version, which is of interest to those who have to do with it. */
  tell(runId: string, version: number): void {
    const run = this.runs.get(runId)
    if (run && !run.idle && run.known.isBehind(version)) run.poke()
  }

  /** Another process says what a step of a run writes that may be watched here. */
  hear(chunk: LiveChunk): void {
    this.runs.get(chunk.runId)?.audience?.hearElsewhere(chunk)
  }

  /** A run that was let go and has something to do again. */
  adopt(run: LiveRun): void {
    if (!this.closed) this.runs.adopt(run)
  }

  known(runId: string): LiveRun | undefined {
    return this.runs.get(runId)
  }

  /** The newest version of a run that somebody here has seen: no read may tell of less. */
  seen(runId: string): number {
    return this.known(runId)?.writer.knownVersion ?? 0
  }

  all(): Iterable<LiveRun> {
    return this.runs.all()
  }

  emptyFold(run: LiveRun): Fold {
    const { graph } = run.program.workflow
    // Nothing can be read again later, so that what queries may ask for is kept.
    const state = initialState(graph, { keepInner: true })
    return new Fold(graph, valuesOf(run), state)
  }

  commitId(): string {
    const { session } = this
    if (this.named.session !== session) this.named = { session, prefix: `${session}.` }
    this.commits += 1
    return this.named.prefix + this.commits.toString(36)
  }

  /**
   * Runs make way for timers and input now and then. All of them do: others that went on meanwhile would keep both waiting,
   * and the one that made way for as long as there is any of them.
   */
  breathe(): Promise<void> | undefined {
    this.turns += 1
    if (this.turns >= TURNS_PER_BREATH)
      this.breath ??= new Promise((resolve) => setImmediate(() => this.breathed(resolve)))
    return this.breath
  }

  private breathed(goOn: () => void): void {
    this.turns = 0
    this.breath = undefined
    goOn()
  }

  /** A run has nothing to do right now. */
  rested(run: LiveRun): void {
    this.runs.rest(run)
    this.settings.rested?.()
    this.trials.next()
    for (const one of this.caretakers) one.rested?.({ runId: run.runId, hasEnded: run.known.hasEnded })
    if (this.listeners.size > 0) for (const listener of [...this.listeners]) listener()
  }

  forget(runId: string): void {
    this.runs.get(runId)?.audience?.end()
    this.runs.drop(runId)
  }

  /** What this process can run, as storages are asked for it. */
  served(): Exclude<DueQuery['serves'], 'all'> {
    return [...this.programs.values()].map(({ workflow: { id, hash } }) => ({ workflowId: id, graphHash: hash }))
  }

  /** Takes up what others have left, until the loop is stopped. */
  work(options: SweepOptions): SweepLoop {
    const loop = new SweepLoop(this, options)
    this.loops.add(loop)
    return loop
  }

  /** The storage says what time it is. */
  tellTime(now: number): void {
    this.skewMs = now - this.settings.clock.now()
    this.knowsTime = true
  }

  /** So much time has passed by the storage's clock, whatever ours says. */
  isLaterThan(moment: number): void {
    this.skewMs = Math.max(this.skewMs, moment - this.settings.clock.now())
  }

  /** The session must be alive before a claim names it. Waits only when the last beat is too long ago. */
  keepAlive(now?: number): Promise<unknown> | undefined {
    return this.heart.keepAlive(now)
  }

  /** Lets bodies end for a while, then aborts what is left. The storage belongs to whoever made it. */
  close(drainMs: number): Promise<void> {
    this.closing ??= this.shut(drainMs)
    return this.closing
  }

  private async shut(drainMs: number): Promise<void> {
    this.closed = true
    for (const loop of this.loops) loop.halt()
    this.trials.stop()
    await this.until(() => !this.isBusy, drainMs)
    this.releasing = true
    await this.releaseAll()
    this.gone = true
    this.heart.stop()
    this.doorman.stop()
    for (const run of this.runs.all()) run.close()
    this.runs.clear()
    for (const listener of [...this.listeners]) listener()
  }

  /** Others need not wait for the lease of what stops here. A storage that does not answer is not waited for. */
  private async releaseAll(): Promise<void> {
    const kept = [...this.runs.all()].filter(({ writer }) => writer.durability === 'step')
    const releases: Promise<unknown>[] = kept.flatMap((run) => (run.works || run.isTurning ? run.release() : []))
    releases.push(...this.doorman.underWay)
    if (releases.length === 0) return
    const { promise, resolve } = Promise.withResolvers<unknown>()
    const stop = this.settings.clock.after(LONGEST_RELEASE_MS, () => resolve(undefined))
    void Promise.allSettled(releases).then(resolve)
    await promise
    stop()
  }

  private get isBusy(): boolean {
    return this.running > 0 || [...this.runs.all()].some((run) => run.isTurning)
  }

  /** Waits for something that comes about only when a run has nothing to do, and no longer than so. */
  async until(holds: () => boolean, ms: number): Promise<void> {
    if (ms <= 0 || this.gone || holds()) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const stop = this.settings.clock.after(ms, resolve)
    const listener = (): void => {
      if (this.gone || holds()) resolve()
    }
    this.listeners.add(listener)
    await promise
    this.listeners.delete(listener)
    stop()
  }

  private readonly listeners = new Set<() => void>()
  private closing: Promise<void> | undefined
}
