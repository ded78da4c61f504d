import { setTimeout as pause } from 'node:timers/promises'
import type { Storage } from '@wf/core'
import { type Armed, points } from './crash.ts'
import type { Order, Plan } from './plan.ts'
import { WorkerProcess } from './worker-process.ts'

export interface Campaign {
  readonly processes: number
  readonly kills: number
  readonly leaseMs: number
  readonly database: string
  readonly ledger: string
  /** For looks from outside. */
  readonly storage: Storage
}

/** Runs that are under way at one time. */
const OPEN_RUNS = 4
const LOOK_MS = 25
/** Nothing may take longer than this without anything ending. */
const LONGEST_STANDSTILL_MS = 60_000

/** Keeps processes going: each is armed with the next point until enough were killed; those that die are replaced. */
export class Supervisor {
  readonly inputs = new Map<string, number>()
  private readonly workers: WorkerProcess[] = []
  private readonly asked = new Set<string>()
  private readonly ended = new Set<string>()
  private spawned = 0
  private killed = 0
  private endedAt = Date.now()

  private readonly campaign: Campaign

  constructor(campaign: Campaign) {
    this.campaign = campaign
  }

  async run(): Promise<void> {
    const { processes } = this.campaign
    while (!this.isDone) {
      this.replaceDead(processes)
      this.startRuns()
      await this.lookAtRuns()
      await pause(LOOK_MS)
    }
    await Promise.all(this.workers.map((worker) => worker.dismiss()))
  }

  private get isDone(): boolean {
    return this.killed >= this.campaign.kills && this.ended.size === this.inputs.size
  }

  private replaceDead(processes: number): void {
    for (const dead of this.workers.filter(({ isOver }) => isOver)) {
      this.workers.splice(this.workers.indexOf(dead), 1)
      if (dead.failure) throw new Error(`process "${dead.plan.name}" ${dead.failure}`)
      this.killed += 1
    }
    while (this.workers.length < processes) this.workers.push(new WorkerProcess(this.nextPlan()))
  }

  private nextPlan(): Plan {
    const { processes, kills, leaseMs, database, ledger } = this.campaign
    const turn = this.spawned
    this.spawned += 1
    const alive = this.workers.filter(({ plan }) => plan.armed).length
    const armed = this.killed + alive < kills ? armedFor(turn) : undefined
    return { name: `p${processes}-${turn}`, leaseMs, database, ledger, armed }
  }

  /** As long as processes are still to be killed, there is work for them. */
  private startRuns(): void {
    if (this.killed >= this.campaign.kills) return
    while (this.inputs.size - this.ended.size < OPEN_RUNS) {
      const n = this.inputs.size
      const run = `run-${n}`
      this.inputs.set(run, n)
      void this.insist({ do: 'start', run, data: n })
    }
  }

  private async lookAtRuns(): Promise<void> {
    for (const status of ['suspended', 'success', 'failed']) {
      const query = { namespace: 'default', kind: 'run', limit: 1_000, status: [status] } as const
      const { rows } = await this.campaign.storage.list(query)
      for (const { journal } of rows) {
        if (status === 'suspended') this.resume(journal.id)
        else this.end(journal.id)
      }
    }
    if (Date.now() - this.endedAt > LONGEST_STANDSTILL_MS) throw new Error('no run has come to its end for a minute')
  }

  private end(run: string): void {
    if (this.ended.has(run)) return
    this.ended.add(run)
    this.endedAt = Date.now()
  }

  private resume(run: string): void {
    if (this.asked.has(run)) return
    this.asked.add(run)
    void this.insist({ do: 'resume', run, data: 1_000 })
  }

  /** Tells one process after the other, until one has lived to say that it is done. */
  private async insist(order: Order): Promise<void> {
    for (let turn = this.inputs.size; ; turn += 1) {
      const ready = this.workers.filter(({ isReady, isOver }) => isReady && !isOver)
      const worker = ready[turn % Math.max(1, ready.length)]
      if (worker && (await worker.obey(order))) return
      await pause(LOOK_MS)
    }
  }
}

/** Each point in its turn, a little later each time. */
function armedFor(turn: number): Armed {
  const point = points[turn % points.length] ?? 'mid-body'
  const round = Math.floor(turn / points.length)
  return { point, spare: point === 'in callback' ? round % 2 : (round * 3) % 11 }
}
