import { createStep, createWorkflow, type StepContext, type StepRetry, type Workflow } from '@wf/core'
import { createEventedEngine, type EventedEngine, type EventedEngineOptions } from '@wf/engine-evented'
import { any } from '../../src/engine/schemas.js'
import type { VirtualProcess } from '../../src/simulator/index.js'

export const LEASE_MS = 30_000

/** Nothing is found by looking: what hints lose is lost. */
export const NO_LOOKS = { everyMs: 3_600_000 } as const

export type Body = (context: StepContext) => unknown

export const step = (id: string, execute: Body = ({ inputData }) => inputData, retry?: StepRetry) => {
  const common = { id, inputSchema: any(), outputSchema: any() }
  return createStep({ ...common, ...(retry && { retry }), execute: async (context) => execute(context) })
}

export const workflow = (id: string) => createWorkflow({ id, inputSchema: any(), outputSchema: any() })

/** An engine in a process of a world. It lives until the world is stopped. */
export function engineIn(
  { storage, pubsub, clock, random, newId }: VirtualProcess,
  workflows: Workflow | readonly Workflow[],
  options: Partial<EventedEngineOptions> = {},
): EventedEngine {
  const logger = { debug() {}, info() {}, warn() {}, error() {} }
  const own = { storage, pubsub, clock, random, newId, logger, drain: false, leaseMs: LEASE_MS } as const
  return createEventedEngine({ workflows: [workflows].flat() as Workflow[], ...own, ...options })
}

/** Who has run what, and how many did so at once. */
export class Ledger {
  readonly begun: string[] = []
  /** So many bodies of one place were under way at one moment at most. */
  most = 0
  private readonly open = new Map<string, number>()

  /** A step that takes so long. In a process that is killed it comes to no end, and is not under way any more. */
  step(process: VirtualProcess, id: string, ms = 0) {
    return step(id, ({ runId }) => this.play(process, `${runId} ${id}`, ms))
  }

  count(text: string): number {
    return this.begun.filter((line) => line.includes(text)).length
  }

  private async play(process: VirtualProcess, name: string, ms: number): Promise<string> {
    this.begun.push(`${process.name} ${name}`)
    this.add(name, 1)
    let isOver = false
    const end = (): void => {
      if (!isOver) this.add(name, -1)
      isOver = true
    }
    process.onDeath(end)
    if (ms > 0) await new Promise<void>((resolve) => void process.clock.after(ms, resolve))
    end()
    return process.name
  }

  private add(name: string, count: number): void {
    const now = (this.open.get(name) ?? 0) + count
    this.open.set(name, now)
    this.most = Math.max(this.most, now)
  }
}
