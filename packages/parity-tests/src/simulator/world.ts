import { AsyncLocalStorage } from 'node:async_hooks'
import { type Clock, LONGEST_TIMER_MS, type PubSub, type Storage } from '@wf/core'
import type { VirtualClock } from '../clock/virtual-clock.js'
import { staleReads } from '../faults/stale-reads.js'
import { FaultDice } from './fault-dice.js'
import { type FaultKind, type FaultPlan, noFaults } from './fault-plan.js'
import { Goals } from './goals.js'
import { runPump } from './pump.js'
import { createRandomStream, type RandomStream } from './random-stream.js'
import { silentPubSub } from './silent-pub-sub.js'
import { type Occurrence, Timeline } from './timeline.js'
import { Trace } from './trace.js'
import { type ProcessOptions, VirtualProcess } from './virtual-process.js'
import { worldClock } from './world-clock.js'

export interface WorldOptions {
  readonly seed: number
  /** Default: nothing goes wrong. */
  readonly plan?: FaultPlan | undefined
  /** What all processes share; it must do its work without threads or sockets, or nothing can be repeated. */
  readonly createStorage: (context: { readonly clock: Clock }) => Storage
  /** Default: a pub/sub that loses everything. */
  readonly createPubSub?: ((context: { readonly clock: Clock }) => PubSub) | undefined
  /** Occurrences after which whoever waits for a promise or a moment is told that it does not come. Default 200,000. */
  readonly patience?: number | undefined
}

const START = Date.UTC(2030, 0, 1)
const PATIENCE = 200_000

/** Processes over one storage and one pub/sub, in which chance alone decides what comes next. One seed, one history. */
export class World {
  readonly trace = new Trace()
  readonly timeline = new Timeline()
  readonly goals = new Goals()
  readonly chance: RandomStream
  readonly order: RandomStream
  /** When others take the place of processes that are gone. */
  readonly replacements: RandomStream
  readonly dice: FaultDice
  readonly clock: VirtualClock
  readonly storage: Storage
  /** The storage with what its replicas have: it may answer with less than there is. */
  readonly replica: Storage
  readonly pubsub: PubSub
  readonly processes: VirtualProcess[] = []
  readonly patience: number
  /** Calls that the storage or the pub/sub is at work on. */
  performing = 0
  /** How many things have happened. */
  occurrences = 0
  isOver = false
  /** Time also passes when nobody has asked for it and nothing else is left to happen. */
  passesByItself = false
  private jumped = 0
  private readonly stale: ReturnType<typeof staleReads> | undefined
  private rouse: (() => void) | undefined
  private readonly latency: RandomStream

  constructor(readonly options: WorldOptions) {
    const { seed, plan = noFaults, createStorage, createPubSub = silentPubSub } = options
    this.chance = createRandomStream(seed)
    this.order = this.chance.split('order')
    this.replacements = this.chance.split('replacements')
    this.latency = this.chance.split('latency')
    this.dice = new FaultDice(plan, this.chance.split('faults'), () => this.now())
    this.patience = options.patience ?? PATIENCE
    this.clock = worldClock(this)
    this.storage = createStorage({ clock: this.clock })
    this.pubsub = createPubSub({ clock: this.clock })
    const rate = plan.rates['stale-read'] ?? 0
    if (rate > 0) this.stale = staleReads(this.storage, { rate, random: this.chance.split('stale-read').next })
    this.replica = this.stale ?? this.storage
    // Nothing that happens here may look as if whoever asked for it first had done it.
    AsyncLocalStorage.snapshot()(() => void runPump(this))
  }

  get elapsed(): number {
    return this.timeline.elapsed
  }

  now(): number {
    return START + this.timeline.elapsed + this.jumped
  }

  /** The wall clock of everybody is set. */
  jump(ms: number): void {
    this.jumped += ms
  }

  get jumpedMs(): number {
    return this.jumped
  }

  process(name: string, options: ProcessOptions = {}): VirtualProcess {
    const process = new VirtualProcess(this, name, options)
    this.processes.push(process)
    return process
  }

  add(occurrence: Occurrence, inMs: number): void {
    this.timeline.add(occurrence, inMs)
    this.wake()
  }

  addTimer(timer: Occurrence, ms: number): void {
    this.add(timer, Math.min(Math.max(ms, 0), LONGEST_TIMER_MS))
  }

  /** How long something of this process is under way. */
  travelMs(process: VirtualProcess): number {
    const { dice, latency } = this
    const { latencyMs = 0 } = dice.plan
    const usual = latencyMs > 0 ? latency.below(latencyMs + 1) : 0
    if (process.mortal && !process.isSpared && dice.happens('stall', process)) {
      return Math.ceil(process.leaseMs * (1 + dice.stream('stall').next()))
    }
    return usual + (dice.happens('slow', process) ? dice.stream('slow').between(1, 20) : 0)
  }

  /** What was injected so far, by kind. */
  get injected(): Readonly<Partial<Record<FaultKind, number>>> {
    const stale = this.stale?.faults.injected ?? 0
    return stale > 0 ? { ...this.dice.counts, 'stale-read': stale } : this.dice.counts
  }

  /** What a process asks for, perhaps from a replica that lags. */
  loadFor(process: VirtualProcess, reads: Parameters<Storage['load']>[0]): ReturnType<Storage['load']> {
    const before = this.stale?.faults.injected
    const answer = this.replica.load(reads)
    if (this.stale?.faults.injected !== before) this.dice.note('stale-read', process)
    return answer
  }

  /** Nothing goes wrong from now on, and what stands still goes on. The dead stay dead. */
  heal(): void {
    this.trace.add(`${this.elapsed} all is well from now on`)
    this.dice.heal()
    this.stale?.heal()
    for (const process of this.processes) process.thaw()
  }

  /** Waits for a promise; time passes whenever nothing else is left to happen. */
  settle<Result>(promise: Promise<Result>): Promise<Result> {
    const goal = this.goals.settled(promise, this.occurrences)
    this.wake()
    return goal
  }

  /** Time passes, and everything happens that can happen until then. */
  advance(ms: number): Promise<void> {
    if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`advance() goes forward only, not by ${ms}: see jump()`)
    const goal = this.goals.reached(this.elapsed + ms, this.occurrences)
    this.wake()
    return goal
  }

  /** Nothing happens any more. */
  stop(): void {
    this.isOver = true
    this.wake()
  }

  /** For the pump: until something is there to do. */
  untilRoused(): Promise<void> {
    return new Promise((resolve) => {
      this.rouse = resolve
    })
  }

  private wake(): void {
    const { rouse } = this
    this.rouse = undefined
    rouse?.()
  }
}

export const createWorld = (options: WorldOptions): World => new World(options)
