import type { Clock, PubSub, Storage } from '@wf/core'
import type { RandomStream } from './random-stream.js'
import { simulatedPubSub } from './simulated-pub-sub.js'
import { simulatedStorage } from './simulated-storage.js'
import type { Occurrence } from './timeline.js'
import type { World } from './world.js'

const MINUTE = 60_000
const LEASE_MS = 30_000

export interface ProcessOptions {
  /** Whether it may be killed or stand still, and its wall clock be wrong. Calls of all processes may fail. */
  readonly mortal?: boolean
  /** What its engine takes for dead, so that a fault can last longer. Default 30 s. */
  readonly leaseMs?: number
  /** Hints reach processes of the same network only. Default: that of all who name none. */
  readonly network?: string
}

export interface Call {
  readonly to: 'storage' | 'pubsub'
  readonly label: string
  readonly arrive: () => void
  readonly inMs: number
}

/** One process of a world: all that an engine in it is given. */
export class VirtualProcess {
  isAlive = true
  isFrozen = false
  /** How many outside ask something of it just now. */
  spared = 0
  readonly mortal: boolean
  readonly leaseMs: number
  readonly network: string
  readonly chance: RandomStream
  readonly storage: Storage
  readonly pubsub: PubSub
  readonly clock: Clock
  readonly random: () => number
  private skewMs = 0
  private ids = 0
  private held: (() => void)[] = []
  private cutBy: object | undefined
  private waiting: (() => void)[] = []
  private readonly mourners: (() => void)[] = []
  private readonly timers = new Set<Occurrence>()
  /** The topics that it listens to. */
  readonly subscribed: string[] = []

  constructor(
    readonly world: World,
    readonly name: string,
    { mortal = false, leaseMs = LEASE_MS, network = '' }: ProcessOptions,
  ) {
    this.mortal = mortal
    this.leaseMs = leaseMs
    this.network = network
    this.chance = world.chance.split(`process ${name}`)
    this.random = this.chance.split('random').next
    this.storage = simulatedStorage(this)
    this.pubsub = simulatedPubSub(this)
    this.clock = { now: () => world.now() + this.skewMs, after: (ms, wake) => this.after(ms, wake) }
    if (mortal && world.dice.happens('skew', this)) this.jump(this.offset('skew'))
  }

  /** Its calls neither fail nor are answered with something old: nobody asks a second time. */
  get isSpared(): boolean {
    return this.spared > 0
  }

  readonly newId = (): string => {
    this.ids += 1
    return `${this.name}-${this.ids}`
  }

  /** What it has asked for that goes on until it is told to stop. */
  readonly holds = (): readonly string[] => [...[...this.timers].map(({ label }) => label), ...this.subscribed]

  /** Nothing of it goes on. What it has sent may still arrive. */
  kill(): void {
    if (!this.isAlive) return
    this.isAlive = false
    this.world.trace.add(`${this.world.elapsed} ${this.name} is killed`)
    this.held = []
    this.waiting = []
    for (const mourn of this.mourners.splice(0)) mourn()
  }

  /** It stands still: answers, hints and timers wait until it is thawed, and what it does meanwhile gets nowhere. */
  freeze(): void {
    if (this.isFrozen || !this.isAlive) return
    this.isFrozen = true
    this.world.trace.add(`${this.world.elapsed} ${this.name} stands still`)
  }

  thaw(): void {
    if (!this.isFrozen || !this.isAlive) return
    this.isFrozen = false
    this.world.trace.add(`${this.world.elapsed} ${this.name} goes on`)
    for (const goOn of this.held.splice(0)) goOn()
  }

  /** Nothing that it asks of its storage gets there, until the answer is called. */
  cut(): () => void {
    const mine = {}
    this.cutBy = mine
    return () => {
      if (this.cutBy !== mine) return
      this.cutBy = undefined
      for (const goOn of this.waiting.splice(0)) goOn()
    }
  }

  /** Its wall clock is set. */
  jump(ms: number): void {
    this.skewMs += ms
    this.world.trace.add(`${this.world.elapsed} ${this.name} has its clock set by ${ms} ms`)
  }

  onDeath(mourn: () => void): void {
    this.mourners.push(mourn)
  }

  /** Something leaves the process. From a dead one nothing does. */
  send(call: Call): void {
    if (!this.isAlive) return
    if (this.isFrozen) this.held.push(() => this.send(call))
    else if (this.cutBy && call.to === 'storage') this.waiting.push(() => this.send(call))
    else this.world.add({ kind: 'arrive', of: this, label: call.label, happen: call.arrive }, call.inMs)
  }

  /** Something happens in the process. */
  add(occurrence: Omit<Occurrence, 'of'>, inMs = 0): void {
    this.world.add({ ...occurrence, of: this }, inMs)
  }

  /** Whether it may happen now; otherwise it never does, or not before the process is thawed. */
  admits(occurrence: Occurrence): boolean {
    // What was on its way when its sender died may have got through.
    if (!this.isAlive) return occurrence.kind === 'arrive' && this.chance.next() < 0.5
    if (!this.isFrozen || occurrence.kind === 'arrive') return true
    this.held.push(() => this.world.add(occurrence, 0))
    return false
  }

  /** What happens to it before the next thing does. */
  suffer(): void {
    const { dice } = this.world
    if (!this.mortal || !this.isAlive || dice.isHealed) return
    if (dice.happens('kill', this)) this.kill()
    else if (dice.happens('freeze', this)) this.standStill()
    if (this.isAlive && dice.happens('jump', this)) this.jump(this.offset('jump'))
  }

  private standStill(): void {
    const { world } = this
    this.freeze()
    const ms = Math.ceil(this.leaseMs * (1.1 + 2 * world.dice.stream('freeze').next()))
    world.add({ kind: 'begin', of: undefined, label: `${this.name} thaws`, happen: () => this.thaw() }, ms)
  }

  private offset(kind: 'skew' | 'jump'): number {
    const stream = this.world.dice.stream(kind)
    return stream.between(-1, 1) * stream.between(1, 90) * (stream.below(2) === 0 ? MINUTE : 1_000)
  }

  private after(ms: number, wake: () => void): () => void {
    if (!this.isAlive) return () => undefined
    const happen = (): void => {
      this.timers.delete(timer)
      wake()
    }
    const timer: Occurrence = { kind: 'timer', of: this, label: `${ms} ms`, happen }
    this.timers.add(timer)
    this.world.addTimer(timer, ms)
    return () => {
      this.timers.delete(timer)
      timer.isOff = true
    }
  }
}
