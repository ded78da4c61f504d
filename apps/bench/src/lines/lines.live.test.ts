import { describe, expect, it } from 'vitest'
import { lineIds, loadLine } from './index.ts'
import { playTiny } from './play-tiny.ts'

const lines = await Promise.all(lineIds.map(loadLine))

describe.each(lines.filter(({ servers }) => servers !== undefined))('line $id, on real servers', (line) => {
  it('has a figure for each row that needs no peer', { timeout: 120_000 }, async () => {
    for (const { says, figures, wanted } of await playTiny(line)) expect(figures, says).toBe(wanted)
  })
})
