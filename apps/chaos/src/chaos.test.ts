import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Figures } from './figures.ts'

const root = join(import.meta.dirname, '..', '..', '..')

interface Ended {
  readonly output: string
  readonly errors: string
}

function end(program: string, ...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd: root }, (_failed, output, errors) => resolve({ output, errors }))
  })
}

function chaos(...args: readonly string[]): Promise<Ended> {
  const flags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']
  return end(process.execPath, ...flags, join(import.meta.dirname, 'main.ts'), ...args)
}

const figuresOf = ({ output }: Ended): readonly Figures[] =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Figures)

/** Each point once in each fleet; `pnpm chaos` does it many times. */
const campaigns = {
  default: ['--kills', '14'],
  evented: ['--engine', 'evented', '--dispatch', 'local-first', '--kills', '7'],
  mixed: ['--engine', 'mixed', '--kills', '7'],
} as const

/** What the processes import is built first: they run on the packages as users get them. */
describe('processes that are killed', { timeout: 180_000 }, () => {
  const ended = new Map<string, Ended>()
  beforeAll(async () => {
    const turbo = join(root, 'node_modules', '.bin', 'turbo')
    const built = await end(turbo, 'run', 'build', '--filter=chaos^...', '--output-logs=errors-only')
    const playing = Object.entries(campaigns).map(async ([name, args]) => {
      const { output, errors } = await chaos(...args)
      ended.set(name, { output, errors: errors === '' ? '' : `${built.output}${built.errors}${errors}` })
    })
    await Promise.all(playing)
  }, 180_000)

  describe.each([
    ['default', [1, 3]],
    ['evented', [4]],
    ['mixed', [4]],
  ] as const)('%s', (name, fleets) => {
    it('lose no run, and no body runs again without a reason', () => expect(ended.get(name)?.errors).toBe(''))

    it('were killed at each point', () => {
      const figures = figuresOf(ended.get(name) ?? { output: '', errors: '' })
      expect(figures.map(({ processes }) => processes)).toEqual(fleets)
      for (const { kills } of figures) expect(Object.values(kills)).toEqual([1, 1, 1, 1, 1, 1, 1])
    })
  })

  it('serve runs together that are on either engine', () => {
    const [figures] = figuresOf(ended.get('mixed') ?? { output: '', errors: '' })
    expect(figures?.onBothEngines).toBeGreaterThan(0)
  })
})
