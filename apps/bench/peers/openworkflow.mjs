// OpenWorkflow on its SQLite or its Postgres backend, through the API that its documentation describes.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OpenWorkflow } from 'openworkflow'
import { chainFigures } from '../src/measure/chain-figures.ts'
import { freshDatabase } from './fresh-database.mjs'

/** Its callers wait by polling; this often, so that the wait is no part of what is measured. */
const POLL_MS = 5

const ends = []

export async function end() {
  for (const one of ends.splice(0)) await one()
}

const backends = {
  async file() {
    const { BackendSqlite } = await import('openworkflow/sqlite')
    const folder = mkdtempSync(join(tmpdir(), 'bench-openworkflow-'))
    ends.push(() => rmSync(folder, { recursive: true, force: true }))
    return BackendSqlite.connect(join(folder, 'runs.db'))
  },
  async postgres() {
    const { BackendPostgres } = await import('openworkflow/postgres')
    const { url, drop } = await freshDatabase()
    const backend = await BackendPostgres.connect(url)
    ends.push(() => backend.stop(), drop)
    return backend
  },
}

/** Steps in a row, timed inside the worker: from the first line of the workflow to the last. */
export async function chain({ store = 'file', lengths }, scale) {
  const host = new OpenWorkflow({ backend: await backends[store]() })
  let took = 0
  const workflow = host.defineWorkflow({ name: 'chain' }, async ({ input, step }) => {
    const begun = performance.now()
    let state = { v: 0 }
    for (let index = 0; index < input.length; index += 1) {
      const { v } = state
      state = await step.run({ name: `s${index}` }, async () => ({ v: v + 1 }))
    }
    took = performance.now() - begun
    return state
  })
  const worker = host.newWorker({ concurrency: 50 })
  await worker.start()
  ends.unshift(() => worker.stop())
  return chainFigures(lengths, scale, (steps) => async () => {
    const handle = await workflow.run({ length: steps })
    handle.resultPollIntervalMs = POLL_MS
    await handle.result()
    return took
  })
}
