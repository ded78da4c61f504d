import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { createStep, createWorkflow, toServerSentEvents, type WorkflowStreamEvent } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

/** A run in a server that tells browsers of it. */
async function served() {
  const gate = Promise.withResolvers<void>()
  const first = createStep({
    id: 'first',
    inputSchema: z.string(),
    outputSchema: z.string(),
    execute: async () => 'two\nlines',
  })
  const second = createStep({
    id: 'second',
    inputSchema: z.string(),
    outputSchema: z.string(),
    async execute() {
      await gate.promise
      throw Object.assign(new Error('no'), { amount: 5n })
    },
  })
  const flow = createWorkflow({ id: 'flow', inputSchema: z.string(), outputSchema: z.string() })
    .then(first)
    .then(second)
    .commit()
  const engine = createDefaultEngine({ workflows: [flow], storage: createMemoryStorage() })
  const run = await engine.createRun(flow)
  const server = createServer((request, response) => {
    const after = request.headers['last-event-id']
    const events = run.observe(typeof after === 'string' ? { after } : {})
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const body = Readable.fromWeb(toServerSentEvents(events))
    body.pipe(response)
    response.once('close', () => body.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await engine.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return { run, url, open: gate.resolve }
}

/** Reads as a browser does, until it has so many or the end has come. */
async function read(url: string, { after, count = Number.POSITIVE_INFINITY }: { after?: string; count?: number } = {}) {
  const leaving = new AbortController()
  const headers = after === undefined ? {} : { 'last-event-id': after }
  const response = await fetch(url, { headers, signal: leaving.signal })
  const frames: { id: string | undefined; event: string | undefined; data: WorkflowStreamEvent }[] = []
  let rest = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const parts = (rest + chunk).split('\n\n')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      const fields = new Map(part.split('\n').map((line) => [line.split(': ')[0], line.slice(line.indexOf(': ') + 2)]))
      const data = fields.get('data')
      if (data !== undefined) frames.push({ id: fields.get('id'), event: fields.get('event'), data: JSON.parse(data) })
    }
    if (frames.length >= count) break
  }
  leaving.abort()
  return frames.slice(0, count)
}

it('a browser that comes back goes on where it was', async () => {
  const { run, url, open } = await served()
  const ended = run.start({ inputData: '' })
  const seen = await read(url, { count: 3 })
  expect(seen.map(({ event }) => event)).toEqual(['workflow-start', 'workflow-step-start', 'workflow-step-result'])
  expect(seen[2]?.data).toMatchObject({ payload: { id: 'first', output: 'two\nlines' } })
  open()
  expect((await ended).status).toBe('failed')
  const after = seen[2]?.id
  const rest = await read(url, after === undefined ? {} : { after })
  expect(rest.map(({ event }) => event)).toEqual(['workflow-step-start', 'workflow-step-result', 'workflow-finish'])
  expect(rest[1]?.data).toMatchObject({ payload: { error: { name: 'Error', message: 'no', amount: '5' } } })
  expect(JSON.stringify(rest)).not.toContain('stack')
  expect(rest.every(({ id, data }) => id === data.position)).toBe(true)
})

it('what JSON has no form for is told of all the same', async () => {
  const cyclic: Record<string, unknown> = {}
  cyclic.self = cyclic
  const event = { type: 'data-x', data: cyclic, runId: 'r', from: 'USER', stepCallId: 'c' } as const
  const events = new ReadableStream<WorkflowStreamEvent>({
    start(controller) {
      controller.enqueue(event)
      controller.enqueue({ ...event, type: 'data-a\nid: 7', data: new Map([['a', new Set([1])]]) } as never)
      controller.close()
    },
  })
  const text = await new Response(toServerSentEvents(events)).text()
  const [first = '', second = ''] = text.split('\n\n')
  expect(first).toContain('"unreadable"')
  expect(second.split('\n')[0]).toBe('event: data-a id: 7')
  expect(second).toContain('"data":{"a":[1]}')
})
