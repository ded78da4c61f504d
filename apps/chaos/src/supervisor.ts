import { setTimeout as pause } from 'node:timers/promises'
import { type Header, isWorkflowError, type JournalId, type Storage } from '@wf/core'
import type { ClientCall } from '@wf/parity-tests'
import { armedFor, type Strikes } from './crash.ts'
import { Disturber } from './disturber.ts'
import type { Fleet } from './fleet.ts'
import { openLedger } from './ledger.ts'
import type { Kind, Order, Plan } from './plan.ts'
import type { Disturbance, Site } from './site.ts'
import { RESUMED_WITH } from './undisturbed.ts'
import { WorkerProcess } from './worker-process.ts'

export interface Campaign extends Strikes {
  readonly fleet: Fleet
  readonly site: Site
  /** At least so many. */
  readonly runs: number
  readonly disturbances: number
  readonly leaseMs: number
  readonly ledger: string
  /** For looks from outside. */
  readonly storage: Storage
}

const LOOK_MS = 25
/** Nothing may take longer than this without anything ending. */
const LONGEST_STANDSTILL_MS = 60_000
/** So many leases a process stands still. */
export const STOPPED_LEASES = 2.5

/** Keeps processes going: each is armed with the next point until enough were killed; those that die are replaced. */
export class Supervisor {
  readonly inputs = new Map<string, number>()
  /** What was acknowledged. */
  readonly calls: ClientCall[] = []
  /** What processes held on to that had closed everything. */
  readonly left: string[] = []
  private readonly workers: WorkerProcess[]
  /** Nobody kills it: it tells others of runs, and works on none. */
  private readonly client: WorkerProcess | undefined
  private readonly asked = new Set<string>()
  private readonly open = new Set<string>()
  private readonly disturber: Disturber
  private spawned = 0
  private killed = 0
  private endedAt = Date.now()
  private isOver = false

  private readonly campaign: Campaign

  constructor(campaign: Campaign) {
    this.campaign = campaign
    const { workers } = campaign.fleet
    const evented = workers.find((kind) => kind !== 'default')
    this.client = evented && new WorkerProcess({ ...this.planOf(evented), name: 'client', works: false })
    this.workers = []
    for (const kind of workers) this.workers.push(this.spawn(kind))
    this.disturber = this.createDisturber()
  }

  async run(): Promise<void> {
    // What is told to nobody waits for a look.
    await Promise.all(this.workers.map(({ ready, ended }) => Promise.race([ready, ended])))
    while (!this.isDone && !this.standsStill) {
      this.replaceDead()
      this.startRuns()
      this.disturber.goOn(this.killed)
      await this.lookAtRuns()
      await pause(Math.max(LOOK_MS, this.open.size))
    }
    this.isOver = true
    const all = [...this.workers, ...(this.client ? [this.client] : [])]
    const left = await Promise.all(all.map((process) => process.dismiss()))
    this.left.push(...left.filter((text) => text !== undefined))
  }

  /** Then the journals say why. */
  private get standsStill(): boolean {
    return Date.now() - this.endedAt > LONGEST_STANDSTILL_MS
  }

  private get isDone(): boolean {
    const { kills, runs } = this.campaign
    return this.killed >= kills && this.inputs.size >= runs && this.open.size === 0 && this.disturber.isDone
  }

  private createDisturber(): Disturber {
    const { site, disturbances: total, kills, leaseMs, ledger } = this.campaign
    const write = openLedger(ledger, 'supervisor')
    const stop: Disturbance = {
      name: 'a process stopped',
      of: undefined,
      strike: async () => (await this.somebody()).freeze(STOPPED_LEASES * leaseMs),
    }
    return new Disturber({
      disturbances: [...site.disturbances, stop],
      total,
      kills,
      note: ({ of }, what) => {
        if (of) write({ type: what === 'begun' ? 'away' : 'back', run: '', of })
      },
    })
  }

  /** A worker that works; while all are being replaced there is none. */
  private async somebody(): Promise<WorkerProcess> {
    for (;;) {
      const alive = this.workers.filter(({ isReady, isOver }) => isReady && !isOver)
      const one = alive[Math.floor(Math.random() * alive.length)]
      if (one) return one
      await pause(LOOK_MS)
    }
  }

  private replaceDead(): void {
    const dead = [...this.workers.entries()].filter(([, { isOver }]) => isOver)
    this.killed += dead.length
    for (const [place, { failure, plan }] of dead) {
      if (failure) throw new Error(`process "${plan.name}" ${failure}`)
      this.workers[place] = this.spawn(plan.kind)
    }
    if (this.client?.isOver) throw new Error(`the client ${this.client.failure ?? 'was killed'}`)
  }

  private spawn(kind: Kind): WorkerProcess {
    const turn = this.spawned
    this.spawned += 1
    const alive = this.workers.filter(({ plan, isOver }) => plan.armed && !isOver).length
    const armed = this.killed + alive < this.campaign.kills ? armedFor(turn, this.campaign) : undefined
    const worker = new WorkerProcess({ ...this.planOf(kind), name: `${kind}-${turn}`, armed })
    if (armed?.point === 'at random') void worker.ready.then(() => setTimeout(() => worker.strike(), armed.spare))
    return worker
  }

  private planOf(kind: Kind): Plan {
    const { leaseMs, site, ledger } = this.campaign
    return { name: kind, kind, works: true, leaseMs, ground: site.ground, ledger, armed: undefined }
  }

  /** As long as processes are still to be killed, there is work for them. Where nobody is killed, all runs begin at once. */
  private startRuns(): void {
    const { kills, runs, fleet } = this.campaign
    while (
      kills === 0
        ? this.inputs.size < runs
        : this.open.size < fleet.openRuns && (this.inputs.size < runs || this.killed < kills)
    ) {
      const n = this.inputs.size
      const run = `run-${n}`
      this.inputs.set(run, n)
      this.open.add(run)
      void this.insist({ do: 'start', run, data: n })
    }
  }

  private async lookAtRuns(): Promise<void> {
    for (const { journal, status } of await this.headers()) {
      if (status === 'suspended') this.resume(journal.id)
      else if (status === 'success' || status === 'failed') this.end(journal.id)
    }
  }

  /** Of the runs that have not ended; of none while the storage is away. */
  private async headers(): Promise<readonly Header[]> {
    const reads = [...this.open].map((run) => ({ journal: journalOf(run), after: Number.MAX_SAFE_INTEGER, limit: 1 }))
    try {
      const slices = await this.campaign.storage.load(reads)
      return slices.flatMap((slice) => (slice ? [slice.header] : []))
    } catch (error) {
      if (isWorkflowError(error, 'WF_STORAGE_UNAVAILABLE')) return []
      throw error
    }
  }

  private end(run: string): void {
    if (this.open.delete(run)) this.endedAt = Date.now()
  }

  private resume(run: string): void {
    if (this.asked.has(run)) return
    this.asked.add(run)
    void this.insist({ do: 'resume', run, data: RESUMED_WITH })
  }

  /** Tells one process after the other, until one has lived to say that it is done. */
  private async insist(order: Order): Promise<void> {
    for (let turn = this.inputs.size; !this.isOver; turn += 1) {
      const ready = this.askable.filter(({ isReady, isOver }) => isReady && !isOver)
      const process = ready[turn % Math.max(1, ready.length)]
      if (process && (await process.obey(order))) {
        this.calls.push({ call: order.do, run: order.run, outcome: 'ok' })
        return
      }
      await pause(LOOK_MS)
    }
  }

  /** A run that is begun beside the default engine goes on there, so evented workers get theirs from the client alone. */
  private get askable(): readonly WorkerProcess[] {
    const { client, workers } = this
    return client ? [client, ...workers.filter(({ plan }) => plan.kind === 'default')] : workers
  }
}

const journalOf = (id: string): JournalId => ({ namespace: 'default', kind: 'run', id })
