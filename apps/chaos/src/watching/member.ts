import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { type Engine, toServerSentEvents } from '@wf/core'
import { createEventedEngine } from '@wf/engine-evented'
import { type Ground, openPubSub, openStorage } from '../ground.ts'
import { storyOf } from './story.ts'

/** One process: it works on stories, or starts and shows them. */
export interface MemberPlan {
  readonly role: 'worker' | 'server'
  readonly ground: Ground
  readonly leaseMs: number
  readonly everyMs: number
}

process.once('message', (plan: MemberPlan) => void live(plan))
// Nobody is left to live for.
process.once('disconnect', () => process.exit(0))

async function live({ role, ground, leaseMs, everyMs }: MemberPlan): Promise<void> {
  const story = storyOf(everyMs)
  const engine = createEventedEngine({
    workflows: [story],
    storage: openStorage(ground),
    pubsub: openPubSub(ground),
    leaseMs,
    work: role === 'worker',
    logger: { debug: silent, info: silent, warn: silent, error: silent },
  })
  process.send?.({ ready: role === 'server' ? await serve(engine, story) : 0 })
}

const silent = (): void => undefined

type Story = ReturnType<typeof storyOf>

interface Shop {
  readonly engine: Engine
  readonly story: Story
}

async function serve(engine: Engine, story: Story): Promise<number> {
  const server = createServer((request, response) => {
    answer({ engine, story }, request, response).catch((error: unknown) => response.destroy(error as Error))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

async function answer({ engine, story }: Shop, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const runId = (request.url ?? '/').slice(1)
  if (request.method === 'POST') {
    await (await engine.createRun(story, { runId })).startAsync({ inputData: 0 })
    response.end()
    return
  }
  const run = await engine.run(story, runId)
  const after = request.headers['last-event-id']
  if (!run) return void response.writeHead(404).end()
  const events = run.observe(typeof after === 'string' ? { after } : {})
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const body = Readable.fromWeb(toServerSentEvents(events))
  response.once('close', () => body.destroy())
  body.on('error', () => response.destroy())
  body.pipe(response)
}
