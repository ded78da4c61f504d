import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createSuite } from '../suite/create-suite.js'
import { readReport } from './read-report.js'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wf-parity-'))
})

afterEach(() => rm(folder, { recursive: true }))

async function readText(text: string): Promise<unknown> {
  const file = join(folder, 'report.json')
  await writeFile(file, text)
  return readReport(file)
}

it('reads what a suite has written', async () => {
  const suite = createSuite({ suite: 'sum', contract: 1, subject: 'one', rules: [], around: (check) => check(1) })
  expect(await readText(JSON.stringify(suite.report()))).toEqual(suite.report())
})

it('takes nothing else for a report', async () => {
  await expect(readText('{ "rules": [')).rejects.toThrow('report.json cannot be read: ')
  for (const text of ['null', '[]', '{}', '{ "suite": "storage", "rules": [] }']) {
    await expect(readText(text), text).rejects.toThrow('report.json is no report of a suite')
  }
  const rules = [{ id: 'storage.base.ahead' }]
  const half = { suite: 'storage', subject: 'one', contract: 1, version: '0.1.0', rules }
  await expect(readText(JSON.stringify(half))).rejects.toThrow('is no report of a suite')
})
