import { existsSync, writeSync } from 'node:fs'
import { createStep, createWorkflow, type PubSub } from '@wf/core'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createSqliteStorage } from '@wf/storage-sqlite'
import { z } from 'zod'
import { createEventedEngine } from '../../src/index.js'
import type { Order } from './order.js'

const order: Order = JSON.parse(process.argv[2] ?? '{}')

/** Without any buffer that an end could empty. */
const tell = (...words: readonly unknown[]): number => writeSync(1, `${words.join(' ')}\n`)

const any = z.any()
const step = (id: string, execute: (signal: AbortSignal) => unknown) =>
  createStep({ id, inputSchema: any, outputSchema: any, execute: async ({ abortSignal }) => execute(abortSignal) })

/** Runs until its parent says so, by a file, or for ever. */
const hold = step('hold', async (signal) => {
  signal.addEventListener('abort', () => tell('aborted', signal.reason))
  tell('begun')
  if (order.dies) process.kill(process.pid, 'SIGKILL')
  while (!existsSync(order.gate)) await new Promise((resolve) => setTimeout(resolve, 5))
  return order.name
})
const flow = createWorkflow({ id: 'flow', inputSchema: any, outputSchema: any })
  .then(hold)
  .then(step('after', () => tell('after')))
  .commit()

const storage = createSqliteStorage({ path: order.path, synchronous: 'normal' })
const pubsub: PubSub = createMemoryPubSub()
const engines = Array.from({ length: order.engines ?? 1 }, (_, at) =>
  createEventedEngine({
    workflows: [flow],
    storage,
    pubsub,
    namespace: `n${at}`,
    work: { everyMs: 20 },
    ...(order.leaseMs && { leaseMs: order.leaseMs }),
    ...(order.drain !== undefined && { drain: order.drain }),
  }),
)
if (order.isFirst) {
  Object.defineProperty(process, 'pid', { value: 1 })
  process.kill = () => {
    tell('is ended by no signal')
    return true
  }
}
if (order.listens) process.on('SIGTERM', () => tell('heard'))
tell('listeners', process.listenerCount('SIGTERM'))
if (order.closes) {
  await Promise.all(engines.map((engine) => engine.close()))
  await pubsub.close()
  await storage.close()
  tell('closed', process.listenerCount('SIGTERM'))
} else tell('ready')
