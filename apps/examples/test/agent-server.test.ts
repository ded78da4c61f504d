import { once } from 'node:events'
import { request } from 'node:http'
import type { Engine } from '@wf/core'
import { expect, it, vi } from 'vitest'
import type { Shop } from '../src/agent/conversations.ts'
import { isRest, readEvents } from './given/read-events.ts'
import { clientOf, openSite, serve } from './given/site.ts'

const json = 'application/json'

it('serves the page with a policy that lets nothing foreign run', async () => {
  const { url } = await openSite('default')
  for (const path of ['/', '/?conversation=1', '/page.js', '/render.js', '/conversation.js']) {
    const response = await fetch(url + path)
    expect([path, response.status]).toEqual([path, 200])
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/)
  }
  expect(await (await fetch(url)).text()).toContain('<!doctype html>')
})

it.each([
  ['GET', '/nowhere'],
  ['GET', '/conversations'],
  ['POST', '/'],
  ['GET', '/../package.json'],
  ['DELETE', '/conversations/1/events'],
])('knows no %s %s', async (method, path) => {
  const { url } = await openSite('default')
  const response = await fetch(url + path, {
    method,
    headers: { 'content-type': json },
    ...(method === 'POST' && { body: '{}' }),
  })
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ error: { code: 'NOT_FOUND' } })
})

it.each([
  ['nothing', {}, 'Write what it is about.'],
  ['blanks', { prompt: ' \n ' }, 'Write what it is about.'],
  ['a number', { prompt: 5 }, 'Write what it is about.'],
  ['too much', { prompt: 'x'.repeat(2_001) }, 'Write at most 2000 letters.'],
])('refuses to begin with %s', async (_, body, message) => {
  const { post, engine } = await openSite('default')
  expect(await post('/conversations', body)).toEqual({
    status: 400,
    body: { error: { code: 'WF_INVALID_INPUT', message } },
  })
  expect((await engine.runs.list()).runs).toEqual([])
})

it.each([
  { status: 400, code: 'NOT_JSON', body: '{ "prompt": ' },
  { status: 400, code: 'NOT_JSON', body: '' },
  { status: 415, code: 'NOT_JSON', body: '{ "prompt": "hello" }', type: 'text/plain' },
  { status: 413, code: 'TOO_LARGE', body: JSON.stringify({ prompt: 'x'.repeat(20_000) }) },
  { status: 413, code: 'TOO_LARGE', body: 'x'.repeat(2_000_000) },
])('answers a body of $body.length letters with $status $code', async ({ status, code, body, type = json }) => {
  const { url } = await openSite('default')
  const asking = request(`${url}/conversations`, { method: 'POST', headers: { 'content-type': type } })
  // The server does not wait for the rest of what is too large.
  asking.on('error', () => undefined)
  asking.end(body)
  const [response] = await once(asking, 'response')
  const [text] = await once(response, 'data')
  expect([response.statusCode, JSON.parse(String(text))]).toMatchObject([status, { error: { code } }])
})

it('answers to names of this machine only', async () => {
  const { url } = await openSite('default')
  const asking = request(url, { headers: { host: 'attacker.example' } })
  asking.end()
  const [response] = await once(asking, 'response')
  response.resume()
  expect(response.statusCode).toBe(421)
})

it('knows no conversation that was not begun', async () => {
  const { decide, url } = await openSite('default')
  const response = await fetch(`${url}/conversations/none/events`)
  const error = { code: 'UNKNOWN_CONVERSATION', message: 'There is no conversation "none".' }
  expect([response.status, await response.json()]).toEqual([404, { error }])
  expect(await decide('none', { approved: true })).toEqual({ status: 404, body: { error } })
  expect((await fetch(`${url}/conversations/%E0%A4%A/events`)).status).toBe(400)
})

it('takes decisions of calls that are waited for, and nothing else', async () => {
  const { begin, decide, eventsOf, ledger } = await openSite('default')
  const id = await begin('order 7, 5 €')
  await readEvents(eventsOf(id), { until: isRest })
  for (const answer of [{}, null, { approved: 'yes' }, { approved: true, reason: 'x'.repeat(501) }])
    expect(await decide(id, answer)).toMatchObject({ status: 400, body: { error: { code: 'BAD_DECISION' } } })
  expect(await decide(id, { approved: true }, 'other')).toMatchObject({
    status: 409,
    body: { error: { code: 'NOT_WAITING' } },
  })
  expect(ledger.refunds).toEqual([])
  expect((await decide(id, { approved: true })).status).toBe(202)
})

it('refuses places that the conversation does not have', async () => {
  const { begin, eventsOf } = await openSite('default')
  const id = await begin('Hello?')
  await readEvents(eventsOf(id))
  await expect(readEvents(eventsOf(id), { after: 'here' })).rejects.toThrow('400: {"error":{"code":"WF_INVALID_OPTION"')
  const [refused] = await readEvents(eventsOf(id), { after: '999.0.0' })
  expect(refused).toMatchObject({ event: 'refused', data: { error: { code: 'WF_INVALID_OPTION' } } })
})

it('reads no longer than somebody listens', async () => {
  const { promise: left, resolve } = Promise.withResolvers<unknown>()
  const silent = new ReadableStream({ cancel: () => resolve('left') })
  const run = { observe: () => silent }
  const { url } = await serve(shopOf({ run: async () => run }))
  const leaving = new AbortController()
  const response = await fetch(`${url}/conversations/1/events`, { signal: leaving.signal })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  leaving.abort()
  expect(await left).toBe('left')
})

it('tells nobody outside what went wrong inside', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const failure = new Error('the password is 1234')
  const { url } = await serve(shopOf({ createRun: () => Promise.reject(failure) }))
  const { status, body } = await clientOf(url).post('/conversations', {})
  expect([status, body.error?.code]).toEqual([500, 'INTERNAL'])
  expect(JSON.stringify(body)).not.toContain('1234')
  expect(log).toHaveBeenCalledExactlyOnceWith(failure)
  log.mockRestore()
})

const shopOf = (engine: object): Shop => ({ engine: engine as Engine, support: {} as Shop['support'] })
