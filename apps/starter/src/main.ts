// `node dist/main.js` works until it is told to end; `node dist/main.js Ada` starts a run, or waits for the one of that name.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createDefaultEngine } from '@wf/engine-default'
import { createSqliteStorage } from '@wf/storage-sqlite'
import { signUp } from './workflow.js'

const folder = process.env.DATA_FOLDER ?? '.data'
mkdirSync(folder, { recursive: true })
const storage = createSqliteStorage({ path: join(folder, 'runs.db') })
// What a process had in hand that was killed, another one takes up after the lease.
const engine = createDefaultEngine({ workflows: [signUp], storage, leaseMs: 10_000 })

async function close() {
  await engine.close({ drainMs: 5000 })
  await storage.close()
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close())

await engine.work()
const [name] = process.argv.slice(2)
if (name === undefined) console.log('at work')
else {
  const run = await engine.createRun(signUp, { idempotencyKey: name })
  const result = await run.start({ inputData: { name }, onConflict: 'attach' })
  console.log(result.status === 'success' ? result.result : result)
  await close()
}
