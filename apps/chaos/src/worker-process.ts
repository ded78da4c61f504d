import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openLedger } from './ledger.ts'
import { CLOSE, type Order, type Plan } from './plan.ts'

/** Runs TypeScript as it is on every Node that the packages support. */
const execArgv = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']

/** Even where much else is going on a process has closed everything and left by then. */
const LEAVING_MS = 40_000

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
  private readonly said: Buffer[] = []
  private readonly obeyed = new Map<string, () => void>()

  constructor(plan: Plan) {
    this.plan = plan
    const file = join(import.meta.dirname, 'process.ts')
    this.child = fork(file, [], { execArgv, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    this.child.stderr?.on('data', (chunk: Buffer) => this.said.push(chunk))
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
        if (signal !== 'SIGKILL' && code !== 0) this.failure = `ended with ${code}: ${this.text}`
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

  /** Lets it give back all that it holds; what keeps it alive then breaks R1, in words. */
  async dismiss(): Promise<string | undefined> {
    // Whoever has just taken the place of another one hears nothing before.
    await Promise.race([this.ready, this.ended])
    if (this.isOver) return undefined
    this.child.send(CLOSE, () => undefined)
    const late = new AbortController()
    const waits = pause(LEAVING_MS, 'late' as const, { signal: late.signal }).catch(() => undefined)
    const isLate = (await Promise.race([this.ended, waits])) === 'late'
    late.abort()
    if (isLate) this.child.kill('SIGKILL')
    await this.ended
    const { name } = this.plan
    if (this.failure) return `R1 process "${name}" was to close, and ${this.failure}`
    return isLate ? `R1 process "${name}" has not left: ${this.text || 'something is not closed'}` : undefined
  }

  private get text(): string {
    return Buffer.concat(this.said).toString().trim()
  }
}

const keyOf = (order: Order): string => `${order.do} ${order.run}`
