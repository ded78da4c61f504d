import type { Storage } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import type { Mail, PlacedWait } from '../../../core/src/driver/post-office.js'
import type { SentEvent } from '../../../core/src/mailbox/index.js'
import {
  createRandom,
  createVirtualClock,
  cutOff,
  type Faulty,
  failAfter,
  failBefore,
  partialBatch,
} from '../../src/index.js'
import { FakeRuns } from './fake-runs.js'
import { type Post, postOf, workflowNamed } from './post.js'

const PROCESSES = 4
const SWEEP_MS = 1_000

export interface StormOptions {
  readonly seed: number
  readonly events: number
  /** So many names, some of them used more than others. */
  readonly mailboxes: number
  readonly overMs: number
}

interface Process {
  readonly post: Post
  readonly faults: readonly Faulty[]
  /** As if it died. */
  readonly die: () => void
  readonly death: Promise<undefined>
  isAlive: boolean
}

/** Events and waits for them, sent and placed by processes whose storage fails, which die, and of which none serves all. */
export class Storm {
  readonly runs = new FakeRuns()
  readonly sent = new Map<string, string>()
  readonly clock = createVirtualClock()
  readonly storage: Storage = createMemoryStorage({ clock: this.clock })
  injected = 0
  deaths = 0
  private readonly random: () => number
  private processes: Process[] = []
  private stopSweeps: (() => void)[] = []

  constructor(private readonly options: StormOptions) {
    this.random = createRandom(options.seed)
    for (let count = 0; count < PROCESSES; count += 1) this.begin(count)
  }

  /** Until nothing fails any more and everything has come to its end. */
  async play(): Promise<void> {
    const { events, overMs } = this.options
    const moves = Array.from({ length: events }, (_, index) => {
      const name = this.name()
      const sends = this.later(overMs, () => this.send(name, index))
      const waits = this.later(overMs, () => this.wait(name))
      return [sends, waits]
    })
    const deaths = [0.2, 0.4, 0.6, 0.8].map((part) => this.after(part * overMs, async () => this.kill()))
    await this.settled(Promise.all([...moves.flat(), ...deaths]))
    for (const { faults } of this.processes) for (const one of faults) one.heal()
    for (let round = 0; round < 200 && this.missing().length > 0; round += 1) {
      const more = this.missing().map((id) => this.wait(this.sent.get(id) ?? '', true))
      await this.settled(Promise.all(more))
      await this.clock.advance(70_000)
    }
    await this.clock.advance(200_000)
    this.injected = this.processes.flatMap(({ faults }) => faults).reduce((sum, { faults }) => sum + faults.injected, 0)
  }

  async close(): Promise<void> {
    for (const stop of this.stopSweeps) stop()
    const alive = this.processes.filter(({ isAlive }) => isAlive)
    await this.settled(Promise.all(alive.map(({ post }) => post.engine.close())))
  }

  /** Events that nobody has received. */
  missing(): readonly string[] {
    return [...this.sent.keys()].filter((id) => !this.runs.received.has(id))
  }

  private begin(index: number): void {
    const { random, clock } = this
    const wire = cutOff(this.storage)
    const often = { random, rate: 0.05, mostInARow: 3 }
    const before = failBefore(wire, often)
    const after = failAfter(before, often)
    const batches = partialBatch(after, often)
    const { promise: death, resolve } = Promise.withResolvers<undefined>()
    const process: Process = {
      faults: [before, after, batches],
      isAlive: true,
      death,
      die() {
        wire.cut()
        resolve(undefined)
      },
      post: postOf({
        storage: batches,
        clock,
        leaseMs: 5_000,
        checkpointBytes: 20_000,
        // No process serves all of them.
        workflows: [0, 1, 2].map((offset) => workflowNamed(`w${(index + offset) % PROCESSES}`)),
        deliver: (wait, mail) => this.deliver(process, wait, mail),
      }),
    }
    this.processes.push(process)
    this.sweep(process)
  }

  private sweep(process: Process): void {
    const stop = this.clock.after(SWEEP_MS * (0.5 + this.random()), () => {
      if (!process.isAlive) return
      void process.post.sweep().catch(() => undefined)
      this.sweep(process)
    })
    this.stopSweeps.push(stop)
  }

  private async deliver(process: Process, wait: PlacedWait, mail: Mail) {
    await this.later(50)
    const lot = this.random()
    if (!process.isAlive || lot < 0.03) throw new Error('the run could not be reached')
    const came = this.runs.receive(wait, mail)
    if (lot < 0.06) throw new Error('nobody knows whether it was received')
    return came
  }

  private kill(): void {
    const alive = this.processes.filter(({ isAlive }) => isAlive)
    const victim = alive[Math.floor(this.random() * alive.length)]
    if (!victim) return
    victim.isAlive = false
    victim.die()
    this.deaths += 1
    this.begin(this.deaths)
  }

  /** Sent again under its key, elsewhere, when it was not answered; and now and then although it was. */
  private async send(name: string, index: number): Promise<void> {
    const { random } = this
    const run = random() < 0.1 ? { run: `r${Math.floor(random() * 20)}` } : {}
    const again = random() < 0.2
    const answer = await this.untilDone((post) =>
      post.send(name, { ...run, payload: index, idempotencyKey: `e${index}`, keepMs: 3_600_000 }),
    )
    this.sent.set(answer.eventId, run.run === undefined ? name : `${name}@${run.run}`)
    if (!again) return
    await this.later(5_000)
    const second: SentEvent = await this.untilDone((post) =>
      post.send(name, { payload: -1, idempotencyKey: `e${index}` }),
    )
    if (second.status !== 'duplicate' || second.eventId !== answer.eventId)
      throw new Error(`event ${index} was sent twice`)
  }

  private async wait(address: string, isLast = false): Promise<void> {
    const { random, runs } = this
    const [name = '', runId = `r${Math.floor(random() * 20)}`] = address.split('@')
    const wait = runs.wait({ name, runId, workflowId: `w${Math.floor(random() * PROCESSES)}` })
    const mail = await this.untilDone((post) => post.room.place(wait))
    if (mail) return this.receive(wait, mail)
    if (isLast || random() < 0.8) return
    // Some give up. Of these some die before they have said so.
    await this.later(3_000)
    if (runs.close(wait) && random() < 0.5) await this.untilDone((post) => post.room.leave(wait))
  }

  private async receive(wait: PlacedWait, mail: Mail): Promise<void> {
    // Who was given it with the answer may die before it is received, or before that is said.
    const lot = this.random()
    if (lot < 0.05) return
    const came = this.runs.receive(wait, mail)
    if (lot > 0.1) await this.untilDone(({ room }) => (came === 'taken' ? room.taken(wait, mail) : room.leave(wait)))
  }

  private async untilDone<Answer>(ask: (post: Post) => Promise<Answer>): Promise<Answer> {
    for (;;) {
      const alive = this.processes.filter(({ isAlive }) => isAlive)
      const process = alive[Math.floor(this.random() * alive.length)]
      if (!process) throw new Error('nobody is alive')
      // Whoever asked a process that has died asks another one.
      const answer = await Promise.race([ask(process.post).then((value) => ({ value })), process.death])
      if (answer) return answer.value
    }
  }

  private name(): string {
    return `n${Math.floor(this.random() ** 2 * this.options.mailboxes)}`
  }

  private later<Result>(mostMs: number, then?: () => Promise<Result>): Promise<Result | undefined> {
    return this.after(this.random() * mostMs, then)
  }

  private async after<Result>(ms: number, then?: () => Promise<Result>): Promise<Result | undefined> {
    await new Promise<void>((resolve) => this.clock.after(ms, resolve))
    return then?.()
  }

  private async settled(promise: Promise<unknown>): Promise<void> {
    let isSettled = false
    const over = (): void => {
      isSettled = true
    }
    promise.then(over, over)
    while (!isSettled) await this.clock.advance(100)
    await promise
  }
}
