import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveSite } from '../src/serve-site.ts'

const above = mkdtempSync(join(tmpdir(), 'wf-serve-'))
const folder = join(above, 'site')
let server: Server
let origin = ''

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(above, 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'index.html'), 'first page')
  writeFileSync(join(folder, '404.html'), 'no such page')
  writeFileSync(join(folder, 'assets', 'site.css'), 'css')
  server = serveSite(folder).listen(0)
  await once(server, 'listening')
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})
afterAll(() => {
  server.close()
  rmSync(above, { recursive: true })
})

describe('the server of the site', () => {
  const html = 'text/html; charset=utf-8'

  it.each([
    ['/', [200, 'first page', html]],
    ['/index.html?a=b', [200, 'first page', html]],
    ['/assets/site.css', [200, 'css', 'text/css; charset=utf-8']],
    ['/assets', [404, 'no such page', html]],
    ['/nothing', [404, 'no such page', html]],
    ['/%2e%2e/secret.txt', [404, 'no such page', html]],
    ['/%E0%A4%A', [404, 'no such page', html]],
  ])('answers %s with %o', async (path, expected) => {
    const answer = await fetch(origin + path)
    expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual(expected)
  })
})
