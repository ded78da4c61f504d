import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createEventedEngine } from '@wf/engine-evented'
import { createPostgresPubSub } from '@wf/pubsub-postgres'
import { createPostgresStorage } from '@wf/storage-postgres'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { invoices } from '../src/examples/deployment/workflows.ts'
import { spawnExample } from './spawn-example.ts'

const url = process.env.DATABASE_URL ?? ''
const folder = join(import.meta.dirname, '..', 'src', 'examples', 'deployment')

async function freePort(): Promise<number> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

async function status(port: number, path: string): Promise<number> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined)
    if (answer) return answer.status
  }
}

describe('the worker that the documentation deploys', { timeout: 60_000 }, () => {
  it('answers probes, ends what it does upon SIGTERM, and ends by itself', async () => {
    const schema = `docs_${crypto.randomUUID().slice(0, 8)}`
    const storage = createPostgresStorage({ url, schema })
    const pubsub = createPostgresPubSub({ url, schema })
    const web = createEventedEngine({ workflows: [invoices], storage, pubsub, work: false })
    try {
      const port = await freePort()
      const worker = spawnExample('deployment/worker.ts', {
        cwd: folder,
        env: { DATABASE_URL: url, WF_SCHEMA: schema, PORT: String(port) },
      })
      expect(await status(port, '/live')).toBe(200)
      expect(await status(port, '/ready')).toBe(200)
      expect(await status(port, '/else')).toBe(503)

      const run = await web.createRun(invoices)
      for await (const event of run.stream({ inputData: 7 }).fullStream) {
        // The body has begun in the worker, and is told to hurry.
        if (event.type === 'workflow-step-start') worker.kill('SIGTERM')
      }
      const result = await run.result()
      expect(result.status === 'success' && result.result).toBe('invoice 7')
      expect(await worker.ended).toBe(0)
    } finally {
      await web.close()
      await Promise.all([storage.close(), pubsub.close()])
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      await client.query(`drop schema if exists ${schema} cascade`)
      await client.end()
    }
  })

  it('is given more time to drain than it takes', () => {
    const text = (file: string) => readFileSync(join(folder, file), 'utf8')
    const drainMs = Number(/drainMs: ([\d_]+)/.exec(text('worker.ts'))?.[1]?.replaceAll('_', ''))
    const seconds = [
      /terminationGracePeriodSeconds: (\d+)/.exec(text('kubernetes.yaml'))?.[1],
      /TimeoutStopSec=(\d+)/.exec(text('invoices-worker.service'))?.[1],
    ]
    for (const each of seconds) expect(Number(each) * 1_000).toBeGreaterThan(drainMs + 5_000)
  })
})
