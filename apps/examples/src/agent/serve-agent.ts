import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createDefaultEngine } from '@wf/engine-default'
import { createSqliteStorage } from '@wf/storage-sqlite'
import { agentServer } from './agent-server.ts'
import { chooseModel, type Environment } from './choose-model.ts'
import { openLedger } from './ledger.ts'
import { listen } from './listen.ts'
import { createSupport } from './support.ts'

/** What a process that was killed had in hand, the next one takes up after this time. */
const LEASE_MS = 3_000

const usualFolder = join(import.meta.dirname, '..', '..', '.data', 'agent')

interface ServedAgent {
  readonly url: string
  readonly model: string
  readonly folder: string
  close(): Promise<void>
}

/** The whole example in this process, until it is closed. */
export async function serveAgent(env: Environment): Promise<ServedAgent> {
  const { model, name } = await chooseModel(env)
  const folder = env.WF_EXAMPLE_DATA || usualFolder
  mkdirSync(folder, { recursive: true })
  const support = createSupport({ model, ledger: openLedger(join(folder, 'refunds.jsonl')) })
  const storage = createSqliteStorage({ path: join(folder, 'journals.db') })
  const engine = createDefaultEngine({ workflows: [support], storage, leaseMs: LEASE_MS })
  const server = agentServer({ engine, support })
  const close = async (): Promise<void> => {
    server.close()
    server.closeAllConnections()
    await engine.close()
    await storage.close()
  }
  try {
    const port = await listen(server, env.PORT ?? '4310')
    await engine.work()
    return { url: `http://127.0.0.1:${port}/`, model: name, folder, close }
  } catch (error) {
    await close()
    throw error
  }
}
