import { describe, expect, it } from 'vitest'
import { lineIds, loadLine } from './index.ts'
import { playTiny } from './play-tiny.ts'

const lines = await Promise.all(lineIds.map(loadLine))

describe.each(lines.filter(({ servers }) => servers === undefined))('line $id', (line) => {
  it('has a figure for each row that needs no peer', { timeout: 60_000 }, async () => {
    for (const { says, figures, wanted } of await playTiny(line)) expect(figures, says).toBe(wanted)
  })
})

describe.each(lines)('line $id', ({ contestants, claims }) => {
  it('names only contestants that it has', () => {
    const names = contestants.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const { value, over } of claims)
      expect(names).toEqual(expect.arrayContaining([value.of, over?.of ?? value.of]))
  })
})
