import { mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Engine } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createEventedEngine } from '@wf/engine-evented'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createSqliteStorage } from '@wf/storage-sqlite'
import type { LanguageModel } from 'ai'
import { onTestFinished } from 'vitest'
import { agentServer } from '../../src/agent/agent-server.ts'
import type { Shop } from '../../src/agent/conversations.ts'
import { openLedger } from '../../src/agent/ledger.ts'
import { listen } from '../../src/agent/listen.ts'
import { scriptedModel } from '../../src/agent/scripted-model.ts'
import { createSupport } from '../../src/agent/support.ts'

export const engines = ['default', 'evented'] as const

const leaseMs = 1_000

/** Serves until the test is over. */
export async function serve(shop: Shop): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = agentServer(shop)
  const port = await listen(server, '0')
  const close = () => closed(server)
  onTestFinished(close)
  return { url: `http://127.0.0.1:${port}`, close }
}

async function closed(server: Server): Promise<void> {
  await new Promise((resolve) => {
    server.close(resolve)
    server.closeAllConnections()
  })
}

/** The example on an engine, with a model that says all at once unless the test has one of its own. */
export async function openSite(name: (typeof engines)[number], model: LanguageModel = scriptedModel(async () => {})) {
  const folder = mkdtempSync(join(tmpdir(), 'wf-example-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const ledger = openLedger(join(folder, 'refunds.jsonl'))

  /** As one more process would. */
  const open = async () => {
    const support = createSupport({ model, ledger })
    const storage = createSqliteStorage({ path: join(folder, 'journals.db'), synchronous: 'normal' })
    const workflows = [support]
    const engine: Engine =
      name === 'default'
        ? createDefaultEngine({ workflows, storage, leaseMs })
        : createEventedEngine({ workflows, storage, pubsub: createMemoryPubSub(), leaseMs })
    await engine.work()
    const site = await serve({ engine, support })
    const close = async () => {
      await site.close()
      await engine.close()
      await storage.close()
    }
    onTestFinished(close)
    return { ...clientOf(site.url), engine, close }
  }
  return { open, ledger, ...(await open()) }
}

export interface Answer {
  readonly status: number
  readonly body: { readonly id?: string; readonly error?: { readonly code: string; readonly message: string } }
}

/** What the page does, without the page. */
export function clientOf(url: string) {
  const post = async (path: string, body: unknown): Promise<Answer> => {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  }
  return {
    url,
    post,
    begin: async (prompt: string) => (await post('/conversations', { prompt })).body.id ?? '',
    decide: (id: string, answer: unknown, callId = 'refund-1') =>
      post(`/conversations/${id}/approvals/${callId}`, answer),
    eventsOf: (id: string) => `${url}/conversations/${id}/events`,
  }
}
