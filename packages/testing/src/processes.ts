import type { Engine, EngineOptions, Storage, Workflow } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createEventedEngine } from '@wf/engine-evented'
import { createWorld, DueMoments, NEVER_MS, type VirtualProcess, type World } from '@wf/parity-tests/simulator'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { Bodies } from './bodies.js'
import { Landed } from './landed.js'
import { lookWhenDue } from './look-when-due.js'
import type { AnyMocks } from './mocks.js'
import type { Watch } from './moment.js'
import { notComing } from './stuck.js'
import { twinOf } from './twin.js'
import { aroundCommits, type Committing } from './watched-storage.js'

const LEASE_MS = 30_000
export const HOUR_MS = 3_600_000

export interface ProcessesParts {
  readonly workflow: Workflow
  readonly mocks: AnyMocks
  readonly engine: 'default' | 'evented'
  readonly seed: number
  readonly startAt: number | undefined
  readonly patienceMs: number
  readonly options: Partial<EngineOptions>
  readonly watch: Watch
}

/** A process that works, and what it has. */
export interface Process {
  readonly virtual: VirtualProcess
  readonly engine: Engine
  readonly workflow: Workflow
}

const DIED = Symbol('died')

/** The processes that play a workflow over one storage in memory. Another one takes the place of each that dies. */
export class Processes {
  readonly world: World
  readonly bodies: Bodies
  readonly landed = new Landed()
  /** Whether any of them has died or stood still. */
  hasLost = false
  private readonly working: Process[] = []
  private made = 0

  constructor(private readonly parts: ProcessesParts) {
    this.world = createWorld({
      seed: parts.seed,
      createStorage: ({ clock }) => {
        const moments = new DueMoments(clock)
        lookWhenDue(clock, moments, () => this.standing?.engine)
        return moments.watch(aroundCommits(createMemoryStorage({ clock }), this.landed.around))
      },
      createPubSub: ({ clock }) => createMemoryPubSub({ clock, logger: { warn: () => undefined } }),
    })
    if (parts.startAt !== undefined) this.world.jump(parts.startAt - this.world.now())
    this.bodies = new Bodies(this.world, { ...parts, stalls: (process) => this.stall(process) })
    for (let count = parts.engine === 'evented' ? 2 : 1; count > 0; count -= 1) this.employ()
  }

  /** Lets everything happen that needs no time. */
  quiet(): Promise<void> {
    return this.world.advance(0)
  }

  /** Lets time pass, in pieces: the world loses its patience with one in which too much happens. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= HOUR_MS) await this.world.advance(Math.min(left, HOUR_MS))
  }

  /** Asks one that is there; when it dies over that, another one is asked, which is told how many died. */
  async ask<Answer>(question: (process: Process, died: number) => Promise<Answer>): Promise<Answer> {
    for (let died = 0; ; died += 1) {
      await this.quiet()
      const process = this.standing
      if (!process) continue
      const answer = await this.untilDeath(process, question(process, died))
      if (answer !== DIED) return answer
    }
  }

  private async untilDeath<Answer>({ virtual }: Process, answer: Promise<Answer>): Promise<Answer | typeof DIED> {
    const death = new Promise<typeof DIED>((resolve) => virtual.onDeath(() => resolve(DIED)))
    // Told apart from a promise that does not settle, which the world would not wait for.
    const told = Promise.race([answer, death]).then(
      (value) => () => value,
      (thrown: unknown) => () => {
        throw thrown
      },
    )
    const settled = await this.world.settle(told).catch((cause: unknown) => {
      throw notComing(this.parts.workflow, cause)
    })
    return settled()
  }

  /** One that is there and can be asked. */
  private get standing(): Process | undefined {
    return this.working.find(({ virtual }) => virtual.isAlive && !virtual.isFrozen)
  }

  private employ(): void {
    this.made += 1
    const virtual = this.world.process(`process-${this.made}`, { mortal: true, leaseMs: LEASE_MS })
    const workflow = twinOf(this.parts.workflow, {
      body: (step, context) => this.bodies.call(virtual, step, context),
      call: (fn) => this.bodies.callOther(fn),
    })
    const engine = this.createEngine(virtual, workflow)
    this.working.push({ virtual, engine, workflow })
    virtual.onDeath(() => this.replace(virtual))
  }

  private createEngine(virtual: VirtualProcess, workflow: Workflow): Engine {
    const { clock, random, newId, pubsub } = virtual
    const storage = this.mortal(virtual)
    const options = { ...this.parts.options, workflows: [workflow], storage, clock, random, newId, leaseMs: LEASE_MS }
    const work = { everyMs: NEVER_MS }
    if (this.parts.engine === 'default') {
      const engine = createDefaultEngine(options)
      // What it declares, such as schedules, is there from now on.
      void engine.work(work)
      return engine
    }
    const { leaseMs, ...others } = options
    // Each step may come to another process: what two processes do not share shows.
    return createEventedEngine({
      ...others,
      pubsub,
      session: { leaseMs },
      work,
      drain: false,
      dispatch: 'always-publish',
    })
  }

  /** Its storage, around whose writes the process may die. */
  private mortal(virtual: VirtualProcess): Storage {
    const { watch } = this.parts
    const around =
      (commit: Committing): Committing =>
      (commits) => {
        if (watch({ of: 'commit', when: 'before', commits }) === 'dies') virtual.kill()
        if (!virtual.isAlive) return new Promise(() => undefined)
        this.landed.whenLanded(commits, () => {
          if (virtual.isAlive && watch({ of: 'commit', when: 'after', commits }) === 'dies') virtual.kill()
        })
        return commit(commits)
      }
    return aroundCommits(virtual.storage, around)
  }

  private replace(virtual: VirtualProcess): void {
    const place = this.working.findIndex((one) => one.virtual === virtual)
    if (place >= 0) this.working.splice(place, 1)
    this.employLater(`another process for ${virtual.name}`)
  }

  /** Until somebody else was given what it has, and some time more. */
  private stall(virtual: VirtualProcess): void {
    virtual.freeze()
    this.employLater(`another process beside ${virtual.name}`)
    const happen = (): void => virtual.thaw()
    this.world.add({ kind: 'begin', of: undefined, label: `${virtual.name} goes on`, happen }, 3 * LEASE_MS)
  }

  private employLater(label: string): void {
    this.hasLost = true
    this.world.add({ kind: 'begin', of: undefined, label, happen: () => this.employ() }, 0)
  }
}
