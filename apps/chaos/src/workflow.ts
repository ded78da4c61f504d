import { setTimeout } from 'node:timers/promises'
import { createStep, createWorkflow } from '@wf/core'
import { z } from 'zod'
import type { Reach } from './crash.ts'
import type { Ledger } from './ledger.ts'

export interface Surroundings {
  readonly ledger: Ledger
  readonly reach: Reach
  /** For how long bodies work. Default: as long as they are told. */
  readonly pause?: (ms: number) => Promise<unknown>
}

/** What a body has to know of where it runs. */
interface Context {
  readonly runId: string
  readonly path: readonly number[]
  readonly attemptKey: string
  readonly abortSignal: AbortSignal
  readonly restart?: true
}

/** What the workflow makes of a number, when nothing of it is lost and nothing done twice. */
export function expected(n: number): number {
  const joined = 3 * (n + 1) + 3
  const chosen = joined % 2 === 0 ? joined + 10 : joined + 20
  return [0, 1, 2, 3, 4].reduce((sum, item) => sum + chosen + item, 0) + 1_000
}

/** One of everything that can be under way when a process dies. */
export function createChaosWorkflow({ ledger, reach, pause = setTimeout }: Surroundings) {
  async function work(context: Context): Promise<void> {
    const { runId: run, path, attemptKey: key, abortSignal } = context
    ledger({ type: 'body', run, path: path.join('.'), key })
    abortSignal.addEventListener('abort', () => {
      if (abortSignal.reason === 'lost') ledger({ type: 'lost', run, key })
    })
    await pause(15)
    if (!context.restart) reach('mid-body', run)
    await pause(5)
  }

  const adds = <const Id extends string>(id: Id, amount: number) =>
    createStep({
      id,
      inputSchema: z.number(),
      outputSchema: z.number(),
      execute: async (context) => {
        await work(context)
        return context.inputData + amount
      },
    })
  const inner = createWorkflow({ id: 'inner', inputSchema: z.number(), outputSchema: z.number() })
    .then(adds('inner-1', 1))
    .then(adds('inner-2', 1))
    .commit()
  const join = createStep({
    id: 'join',
    inputSchema: z.object({ left: z.number(), right: z.number(), inner: z.number() }),
    outputSchema: z.number(),
    execute: async (context) => {
      await work(context)
      const { left, right, inner } = context.inputData
      return left + right + inner
    },
  })
  const list = createStep({
    id: 'list',
    inputSchema: z.object({ even: z.number().optional(), odd: z.number().optional() }),
    outputSchema: z.array(z.number()),
    execute: async (context) => {
      await work(context)
      const { even = 0, odd = 0 } = context.inputData
      return [0, 1, 2, 3, 4].map((item) => even + odd + item)
    },
  })
  const flaky = createStep({
    id: 'flaky',
    inputSchema: z.array(z.number()),
    outputSchema: z.number(),
    retry: { attempts: 2, delayMs: 50 },
    execute: async (context) => {
      await work(context)
      if (context.retryCount === 0) throw new Error('not the first time')
      return context.inputData.reduce((sum, one) => sum + one, 0)
    },
  })
  const ask = createStep({
    id: 'ask',
    inputSchema: z.number(),
    outputSchema: z.number(),
    resumeSchema: z.number(),
    execute: async (context) => {
      await work(context)
      return context.resumeData === undefined ? context.suspend() : context.inputData + context.resumeData
    },
  })
  return createWorkflow({
    id: 'chaos',
    inputSchema: z.number(),
    outputSchema: z.number(),
    options: {
      onFinish: ({ runId, status }) => {
        reach('in callback', runId)
        ledger({ type: 'callback', run: runId, status })
      },
    },
  })
    .then(adds('first', 1))
    .parallel([adds('left', 1), adds('right', 0), inner])
    .then(join)
    .branch([
      [async ({ inputData }) => inputData % 2 === 0, adds('even', 10)],
      [async ({ inputData }) => inputData % 2 === 1, adds('odd', 20)],
    ])
    .then(list)
    .foreach(adds('item', 0), { concurrency: 2 })
    .then(flaky)
    .sleep(200)
    .then(ask)
    .commit()
}
