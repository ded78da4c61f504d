import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { serveExpenses } from '../src/serve-expenses.ts'

const piano = { what: 'a piano', amount: 4000 }
const yes = { approved: true, by: 'Ada' }

let folder: string
let server: Awaited<ReturnType<typeof serveExpenses>>

const serve = () => serveExpenses({ path: join(folder, 'expenses.db'), port: 0 })

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'expenses-'))
  server = await serve()
})

afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

async function ask(method: string, path: string, body?: unknown) {
  const response = await fetch(`${server.url}/expenses${path}`, {
    method,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: response.status, body: await response.json() }
}

describe('expenses over HTTP', () => {
  it('wait for a decision, also when the server is another one meanwhile', async () => {
    const asked = await ask('PUT', '/e-1', piano)
    expect(asked).toMatchObject({ status: 200, body: { status: 'suspended', question: 'Pay 4000 € for a piano?' } })
    await server.close()
    server = await serve()
    expect(await ask('GET', '/e-1')).toEqual(asked)
    const decided = await ask('POST', '/e-1/decision', yes)
    expect(decided).toMatchObject({ status: 200, body: { status: 'success', result: { paid: true, by: 'Ada' } } })
  })

  it('are the same when they are asked for twice', async () => {
    const first = await ask('PUT', '/e-1', piano)
    expect(await ask('PUT', '/e-1', { what: 'another piano', amount: 1 })).toEqual(first)
  })

  it('are decided once', async () => {
    await ask('PUT', '/e-1', piano)
    const decisions = await Promise.all([
      ask('POST', '/e-1/decision', yes),
      ask('POST', '/e-1/decision', { approved: false, by: 'Bob' }),
    ])
    expect(decisions.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await ask('POST', '/e-1/decision', yes)).status).toBe(409)
  })

  it('say what is wrong with a request', async () => {
    expect(await ask('PUT', '/e-1', { what: 'a piano', amount: -1 })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('amount') },
    })
    expect((await ask('GET', '/e-1')).status).toBe(404)
    await ask('PUT', '/e-2', piano)
    expect((await ask('POST', '/e-2/decision', { approved: 'maybe' })).status).toBe(400)
    expect((await ask('POST', '/e-2/decision', '{')).status).toBe(400)
    expect((await ask('POST', '/e-3/decision', yes)).status).toBe(404)
    expect((await ask('DELETE', '/e-2')).status).toBe(404)
    expect(await ask('GET', '/e-2')).toMatchObject({ body: { status: 'suspended' } })
  })
})
