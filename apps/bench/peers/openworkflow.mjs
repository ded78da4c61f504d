// OpenWorkflow on its SQLite backend, through the API that its documentation describes.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OpenWorkflow } from 'openworkflow'
import { BackendSqlite } from 'openworkflow/sqlite'
import { chainFigures } from '../src/measure/chain-figures.ts'

/** Its callers wait by polling; this often, so that the wait is no part of what is measured. */
const POLL_MS = 5

/** Steps in a row, timed inside the worker: from the first line of the workflow to the last. */
export async function chain({ lengths }, scale) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-openworkflow-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const host = new OpenWorkflow({ backend: BackendSqlite.connect(join(folder, 'runs.db')) })
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
  return chainFigures(lengths, scale, (steps) => async () => {
    const handle = await workflow.run({ length: steps })
    handle.resultPollIntervalMs = POLL_MS
    await handle.result()
    return took
  })
}
