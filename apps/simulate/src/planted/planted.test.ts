import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bugs } from './bugs.ts'
import { changed, plant } from './plant.ts'
import type { Finding } from './search.ts'

const root = join(import.meta.dirname, '..', '..', '..', '..')

it.for(bugs.map((bug) => [bug.id, bug] as const))('the code still has a place for %s', ([, bug]) => {
  for (const change of bug.changes) {
    const contents = readFileSync(join(root, change.file), 'utf8')
    expect(changed(contents, change)).not.toBe(contents)
  }
})

describe('a search', { timeout: 30_000 }, () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'planted-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  async function found(id: string | undefined): Promise<Finding> {
    const file = join(folder, `${id ?? 'none'}.mjs`)
    await plant(
      bugs.find((bug) => bug.id === id),
      file,
    )
    const child = fork(file, ['1', '21', '1'])
    return new Promise((resolve, reject) => {
      child.once('message', (finding) => resolve(finding as Finding))
      child.once('exit', (code) => reject(new Error(`the search ended with ${code}`)))
    })
  }

  it('finds nothing where nothing was planted', async () => {
    expect(await found(undefined)).toEqual({})
  })

  it.for(['lost-wake-up', 'claim-not-superseded', 'hold-never-released'])('finds %s soon', async (id) => {
    expect(await found(id)).toMatchObject({ seed: expect.any(Number), why: expect.any(String) })
  })
})
