import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openLedger } from './ledger.ts'
import type { Order, Plan } from './plan.ts'

/** Runs TypeScript as it is on every Node that the packages support. */
const execArgv = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']

/** A worker process as the supervisor sees it. */
export class WorkerProcess {
  readonly plan: Plan
  readonly ended: Promise<void>
  readonly ready: Promise<void>
  isReady = false
  isOver = false
  /** What it died of, unless that was a kill. */
  failure: string | undefined
  private standstill: Promise<void> | undefined
  private readonly child: ChildProcess
  private readonly obeyed = new Map<string, () => void>()

  constructor(plan: Plan) {
    this.plan = plan
    const file = join(import.meta.dirname, 'process.ts')
    this.child = fork(file, [], { execArgv, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    const said: Buffer[] = []
    this.child.stderr?.on('data', (chunk: Buffer) => said.push(chunk))
    this.ready = new Promise((resolve) => {
      this.child.on('message', (message: 'ready' | Order) => {
        if (message !== 'ready') return this.obeyed.get(keyOf(message))?.()
        this.isReady = true
        resolve()
      })
    })
    this.ended = new Promise((resolve) => {
      this.child.on('close', (code, signal) => {
        this.isOver = true
        if (signal !== 'SIGKILL' && code !== 0) this.failure = `ended with ${code}: ${Buffer.concat(said).toString()}`
        resolve()
      })
    })
    this.child.send(plan)
  }

  /** Whether it said that it has done so before it died. */
  obey(order: Order): Promise<boolean> {
    const done = new Promise<boolean>((resolve) => this.obeyed.set(keyOf(order), () => resolve(true)))
    this.child.send(order, () => undefined)
    return Promise.race([done, this.ended.then(() => false)])
  }

  /** Kills it, in the middle of whatever it does. One that stands still goes on first: both at once would only be a kill. */
  async strike(): Promise<void> {
    await this.standstill
    if (this.isOver) return
    openLedger(this.plan.ledger, this.plan.name)({ type: 'kill', run: '', point: 'at random' })
    this.child.kill('SIGKILL')
  }

  /** Lets it stand still for so long. */
  async freeze(ms: number): Promise<void> {
    openLedger(this.plan.ledger, this.plan.name)({ type: 'stop', run: '' })
    this.child.kill('SIGSTOP')
    this.standstill = pause(ms)
    await this.standstill
    this.child.kill('SIGCONT')
  }

  dismiss(): Promise<void> {
    this.child.kill('SIGTERM')
    return this.ended
  }
}

const keyOf = (order: Order): string => `${order.do} ${order.run}`
