// A started Mastra with one workflow, on either of its engines, through the API that its documentation describes.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EventEmitterPubSub } from '@mastra/core/events'
import { Mastra } from '@mastra/core/mastra'
import { InMemoryStore } from '@mastra/core/storage'
import { z } from 'zod'
import { freshDatabase } from './fresh-database.mjs'

export const value = z.object({ v: z.number() })

/** The evented engine declares its steps and workflows with functions of its own. */
const builders = {
  default: () => import('@mastra/core/workflows'),
  evented: () => import('@mastra/core/workflows/evented'),
}

/** What the measured workflows are made of, for one engine. */
export async function build(engine = 'default') {
  const { createStep, createWorkflow } = await builders[engine]()
  const addOne = (id) =>
    createStep({
      id,
      inputSchema: value,
      outputSchema: value,
      execute: async ({ inputData }) => ({ v: inputData.v + 1 }),
    })
  return { createStep, createWorkflow, addOne }
}

/** Called when all is measured. */
const ends = []

export async function end() {
  for (const one of ends.splice(0)) await one()
}

const stores = { memory: () => new InMemoryStore(), file: openFile, postgres: openDatabase }

/** Runs are kept in memory, in a file or in a database; events of the evented engine stay in the process. */
export async function host(workflow, { store = 'memory', engine = 'default' }) {
  const storage = await stores[store]()
  const pubsub = new CountingPubSub()
  const mastra = new Mastra({
    workflows: { [workflow.id]: workflow },
    storage,
    logger: false,
    ...(engine === 'evented' && { pubsub }),
  })
  await storage.init?.()
  if (engine === 'evented') await mastra.startWorkers()
  return { createRun: () => mastra.getWorkflow(workflow.id).createRun(), pubsub }
}

async function openFile() {
  const { LibSQLStore } = await import('@mastra/libsql')
  const folder = mkdtempSync(join(tmpdir(), 'bench-mastra-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return new LibSQLStore({ id: 'bench', url: `file:${join(folder, 'mastra.db')}` })
}

async function openDatabase() {
  const { PostgresStore } = await import('@mastra/pg')
  const { url, drop } = await freshDatabase()
  const store = new PostgresStore({ id: 'bench', connectionString: url })
  ends.push(() => store.close(), drop)
  return store
}

/** Sizes are only taken while somebody weighs: they cost time. */
class CountingPubSub extends EventEmitterPubSub {
  weighs = false
  events = 0
  bytes = 0
  subscriptions = 0

  publish(topic, event, options) {
    if (this.weighs) {
      this.events += 1
      this.bytes += JSON.stringify(event).length
    }
    return super.publish(topic, event, options)
  }

  subscribe(topic, take, options) {
    this.subscriptions += 1
    return super.subscribe(topic, take, options)
  }
}

export async function finish(running, wanted = 'success') {
  const { status } = await running
  if (status !== wanted) throw new Error(`a run ended as ${status} instead of ${wanted}`)
}
