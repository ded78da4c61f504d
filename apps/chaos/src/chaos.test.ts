import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Figures } from './figures.ts'

const root = join(import.meta.dirname, '..', '..', '..')

/** Each point once with one process and once with three; `pnpm chaos` does it many times. */
const KILLS = 14

interface Ended {
  readonly output: string
  readonly errors: string
}

function end(program: string, ...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd: root }, (_failed, output, errors) => resolve({ output, errors }))
  })
}

/** What the processes import is built first: they run on the packages as users get them. */
describe('processes that are killed', { timeout: 150_000 }, () => {
  let ended: Ended
  beforeAll(async () => {
    const turbo = join(root, 'node_modules', '.bin', 'turbo')
    const built = await end(turbo, 'run', 'build', '--filter=chaos^...', '--output-logs=errors-only')
    const flags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']
    ended = await end(process.execPath, ...flags, join(import.meta.dirname, 'main.ts'), '--kills', String(KILLS))
    if (ended.errors !== '') ended = { ...ended, errors: `${built.output}${built.errors}${ended.errors}` }
  }, 150_000)

  it('lose no run, and no body runs again without a reason', () => expect(ended.errors).toBe(''))

  it('were killed at each point, alone and beside others', () => {
    const lines = ended.output.split('\n').filter((line) => line.startsWith('{'))
    const figures = lines.map((line) => JSON.parse(line) as Figures)
    expect(figures.map(({ processes }) => processes)).toEqual([1, 3])
    for (const { kills } of figures) expect(Object.values(kills)).toEqual([1, 1, 1, 1, 1, 1, 1])
  })
})
