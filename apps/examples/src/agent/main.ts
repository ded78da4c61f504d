import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createDefaultEngine } from '@wf/engine-default'
import { createSqliteStorage } from '@wf/storage-sqlite'
import { agentServer } from './agent-server.ts'
import { chooseModel } from './choose-model.ts'
import { openLedger } from './ledger.ts'
import { listen } from './listen.ts'
import { createSupport } from './support.ts'

/** What a process that was killed had in hand, the next one takes up after this time. */
const LEASE_MS = 3_000

try {
  const folder = process.env.WF_EXAMPLE_DATA ?? join(import.meta.dirname, '..', '..', '.data', 'agent')
  mkdirSync(folder, { recursive: true })
  const { model, name } = await chooseModel(process.env)
  const support = createSupport({ model, ledger: openLedger(join(folder, 'refunds.jsonl')) })

  const storage = createSqliteStorage({ path: join(folder, 'journals.db') })
  const engine = createDefaultEngine({ workflows: [support], storage, leaseMs: LEASE_MS })
  await engine.work()
  const server = agentServer({ engine, support })
  const port = await listen(server, process.env.PORT ?? '4310')
  console.log(`http://127.0.0.1:${port}/\n\nModel: ${name}\nData: ${folder}\nCtrl+C ends it; nothing is lost by that.`)

  const close = async (): Promise<void> => {
    server.close()
    server.closeAllConnections()
    await engine.close()
    await storage.close()
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void close())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
