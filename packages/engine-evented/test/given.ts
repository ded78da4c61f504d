import {
  createStep,
  createWorkflow,
  type Logger,
  type PubSub,
  type StepContext,
  type Storage,
  type Workflow,
} from '@wf/core'
import { createVirtualClock, type VirtualClock } from '@wf/parity-tests'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { createEventedEngine, type EventedEngine, type EventedEngineOptions } from '../src/index.js'

const any = z.any()

/** What was logged, each as its level and its text. */
export interface Said extends Logger {
  readonly lines: readonly string[]
}

export function listening(): Said {
  const lines: string[] = []
  const level = (name: string) => (_: object, text: string) => void lines.push(`${name}: ${text}`)
  return { lines, debug() {}, info() {}, warn: level('warn'), error: level('error') }
}

/** Processes that share a storage and a pub/sub, on a clock that stands still: only hints make anything happen. */
export interface Place {
  readonly clock: VirtualClock
  readonly storage: Storage
  readonly pubsub: PubSub
  readonly said: Said
  process(workflows: Workflow | readonly Workflow[], options?: Partial<EventedEngineOptions>): EventedEngine
}

export function createPlace(): Place {
  const clock = createVirtualClock()
  const storage = createMemoryStorage({ clock })
  const pubsub = createMemoryPubSub({ clock })
  const said = listening()
  const engines: EventedEngine[] = []
  onTestFinished(async () => {
    await Promise.all(engines.map((engine) => engine.close()))
  })
  return {
    clock,
    storage,
    pubsub,
    said,
    process(given, options = {}) {
      const workflows = [given].flat() as Workflow[]
      const common = { storage, pubsub, clock, logger: said, drain: false } as const
      const engine = createEventedEngine({ workflows, ...common, ...options })
      engines.push(engine)
      return engine
    },
  }
}

export type Body = (context: StepContext) => unknown

export const step = (id: string, execute: Body = ({ inputData }) => inputData) =>
  createStep({ id, inputSchema: any, outputSchema: any, execute: async (context) => execute(context as StepContext) })

export const workflow = (id: string) => createWorkflow({ id, inputSchema: any, outputSchema: any })

/** As many steps in a row; all of them do the same. */
export function chainOf(id: string, length: number, execute?: Body) {
  let flow = workflow(id).then(step('s0', execute))
  for (let at = 1; at < length; at += 1) flow = flow.then(step(`s${at}`, execute))
  return flow.commit()
}

/** Turns of the event loop: what was on its way has arrived, and what it set going has been done. */
export async function turns(count = 20): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

/** Lets the virtual time pass until something has come about. */
export async function settled<Value>(clock: VirtualClock, awaited: Promise<Value>, stepMs = 500): Promise<Value> {
  let isOver = false
  const over = () => {
    isOver = true
  }
  awaited.then(over, over)
  for (let left = 2_000; !isOver && left > 0; left -= 1) await clock.advance(stepMs)
  if (!isOver) throw new Error(`nothing has come of it within ${(2_000 * stepMs) / 1_000} s`)
  return awaited
}
