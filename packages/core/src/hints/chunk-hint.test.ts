import { describe, expect, it } from 'vitest'
import { readChunkHint, writeChunkHint } from './chunk-hint.js'

const chunk = { runId: 'r', workflowId: 'w', at: '0', claim: 5, n: 1, value: true } as const

describe('a chunk on its way', () => {
  it('arrives as it was sent', () => {
    const sent = [
      { ...chunk, encoded: '"a"' },
      { ...chunk, encoded: Uint8Array.of(1, 2) },
      { ...chunk, custom: true as const },
    ]
    for (const one of sent) expect(readChunkHint(writeChunkHint(one) ?? '')).toEqual(one)
  })

  it('is not sent when it is too long', () => {
    expect(writeChunkHint({ ...chunk, encoded: 'x'.repeat(100_000) })).toBeUndefined()
  })

  it('is told apart from what is none', () => {
    const hint = JSON.parse(writeChunkHint(chunk) ?? '') as object
    const changed = [{ v: 2 }, { type: 'workflow.start' }, { at: 5 }, { claim: -1 }, { n: 0.5 }, { text: 7 }]
    const texts = [
      '',
      'null',
      '7',
      '{',
      'x'.repeat(100_001),
      ...changed.map((more) => JSON.stringify({ ...hint, ...more })),
    ]
    for (const text of texts) expect(readChunkHint(text)).toBeUndefined()
  })
})
