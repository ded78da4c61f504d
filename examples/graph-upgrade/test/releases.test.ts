import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { beginRelease } from '../src/begin-release.ts'

let folder: string
const ends: (() => Promise<void>)[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'graph-upgrade-'))
})

afterEach(async () => {
  for (const end of ends.splice(0)) await end()
  rmSync(folder, { recursive: true })
})

async function begin(release: 1 | 2 | 3) {
  const process = await beginRelease(release, join(folder, 'orders.db'))
  ends.push(process.kill)
  return process
}

describe('orders in flight', { timeout: 60_000 }, () => {
  it('go on in a later release that has a step more, after the first one was killed', async () => {
    const first = await begin(1)
    for (const id of ['lamp', 'chair']) expect(await first.ask('start', id)).toBe('suspended')
    expect(await first.ask('approve', 'lamp')).toBe('approved')
    await ends.pop()?.()
    const second = await begin(2)
    expect(await second.ask('result', 'lamp')).toBe('lamp, approved by release 1, packed, told')
    await second.ask('approve', 'chair')
    expect(await second.ask('result', 'chair')).toBe('chair, approved by release 2, packed, told')
  })

  it('are left as they are by a release that has another step before them', async () => {
    const first = await begin(1)
    await first.ask('start', 'table')
    await ends.pop()?.()
    const third = await begin(3)
    const refusal = await third.ask('approve', 'table')
    expect(refusal).toContain('step "approve" has moved from 0 to 1')
    await ends.pop()?.()
    const second = await begin(2)
    await second.ask('approve', 'table')
    expect(await second.ask('result', 'table')).toBe('table, approved by release 2, packed, told')
  })

  it('can be canceled by any release', async () => {
    const first = await begin(1)
    await first.ask('start', 'table')
    await ends.pop()?.()
    expect(await (await begin(3)).ask('cancel', 'table')).toBe('canceled')
  })
})
