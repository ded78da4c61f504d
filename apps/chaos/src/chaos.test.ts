import { beforeAll, describe, expect, it } from 'vitest'
import { build, chaos, type Ended, figuresIn } from './campaign.ts'

/** Each point once in each fleet; `pnpm chaos` does it many times. */
const campaigns = {
  default: ['--kills', '14'],
  evented: ['--engine', 'evented', '--dispatch', 'local-first', '--kills', '7'],
  mixed: ['--engine', 'mixed', '--kills', '7'],
} as const

describe('processes that are killed', { timeout: 180_000 }, () => {
  const ended = new Map<string, Ended>()
  beforeAll(async () => {
    const built = await build()
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
      const figures = figuresIn(ended.get(name) ?? { output: '', errors: '' })
      expect(figures.map(({ processes }) => processes)).toEqual(fleets)
      for (const { kills } of figures) expect(Object.values(kills)).toEqual([1, 1, 1, 1, 1, 1, 1])
    })
  })

  it('serve runs together that are on either engine', () => {
    const [figures] = figuresIn(ended.get('mixed') ?? { output: '', errors: '' })
    expect(figures?.onBothEngines).toBeGreaterThan(0)
  })
})
