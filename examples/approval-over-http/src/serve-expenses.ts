import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createDefaultEngine } from '@wf/engine-default'
import { createSqliteStorage } from '@wf/storage-sqlite'
import { expenseServer } from './expense-server.ts'
import { expenseWorkflow } from './expense-workflow.ts'

interface Place {
  /** Of the journals. */
  readonly path: string
  /** 0: any that is free. */
  readonly port: number
}

/** The whole server in this process, until it is closed. */
export async function serveExpenses({ path, port }: Place) {
  const storage = createSqliteStorage({ path })
  const engine = createDefaultEngine({ workflows: [expenseWorkflow], storage })
  const server = expenseServer(engine).listen(port, '127.0.0.1')
  await once(server, 'listening')
  await engine.work()
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close()
      server.closeAllConnections()
      await engine.close()
      await storage.close()
    },
  }
}
