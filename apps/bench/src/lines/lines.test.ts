import { describe, expect, it } from 'vitest'
import { judge } from '../measure/judge.ts'
import type { Figures } from '../measure/line.ts'
import { scales } from '../measure/scale.ts'
import { lineIds, loadLine } from './index.ts'

describe.each(lineIds)('line %s', (id) => {
  it('has a figure for each row that needs no peer', { timeout: 60_000 }, async () => {
    const { contestants, claims } = await loadLine(id)
    const round: Record<string, Figures> = {}
    for (const { name, isPeer, measure } of contestants) if (!isPeer) round[name] = await measure(scales.tiny)
    const peers = contestants.filter(({ isPeer }) => isPeer).map(({ name }) => name)
    for (const claim of claims) {
      const needs = [claim.value.of, ...(claim.over ? [claim.over.of] : [])]
      const { rounds } = judge(claim, [round])
      expect(rounds, claim.says).toHaveLength(needs.some((name) => peers.includes(name)) ? 0 : 1)
    }
  })

  it('names only contestants that it has', async () => {
    const { contestants, claims } = await loadLine(id)
    const names = contestants.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const { value, over } of claims)
      expect(names).toEqual(expect.arrayContaining([value.of, over?.of ?? value.of]))
  })
})
