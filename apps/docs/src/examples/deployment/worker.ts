import { createServer } from 'node:http'
import { hostname } from 'node:os'
import { createEventedEngine } from '@wf/engine-evented'
import { createPostgresPubSub } from '@wf/pubsub-postgres'
import { createPostgresStorage } from '@wf/storage-postgres'
import { invoices } from './workflows.ts'

const {
  DATABASE_URL: url = 'postgres://postgres@localhost:5432/postgres',
  WF_SCHEMA: schema = 'wf',
  PORT = '8080',
} = process.env

const storage = createPostgresStorage({ url, schema })
const pubsub = createPostgresPubSub({ url, schema })
const engine = createEventedEngine({
  workflows: [invoices],
  storage,
  pubsub,
  concurrency: 50,
  session: { name: hostname() },
  // This process closes by itself, see below.
  drain: false,
})

let draining = false

/** `/live`: the process answers. `/ready`: it can also reach where runs are kept, and is not about to end. */
const server = createServer(async ({ url: path }, response) => {
  const isWell = path === '/live' || (path === '/ready' && !draining && (await storage.health()).ok)
  response.writeHead(isWell ? 200 : 503).end()
}).listen(Number(PORT))

process.once('SIGTERM', async () => {
  draining = true
  await engine.close({ drainMs: 25_000 })
  await Promise.all([pubsub.close(), storage.close()])
  server.closeAllConnections()
  server.close()
})
