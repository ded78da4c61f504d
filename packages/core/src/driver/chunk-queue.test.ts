import { describe, expect, it } from 'vitest'
import { ChunkQueue } from './chunk-queue.js'

/** A queue, the numbers of what it has recorded, and what became of each. */
function queue() {
  const told: string[] = []
  let wakes = 0
  const chunks = new ChunkQueue(() => {
    wakes += 1
  })
  const add = (n: number, size = 1): void => {
    const entry = { type: 'chunk', fact: 'f'.repeat(size) } as const
    chunks.add({ chunk: { at: '0', claim: 1, n }, entry, value: undefined }).then(
      () => told.push(`${n}`),
      (error: Error) => told.push(`${n} ${error.message.slice(0, 12)}`),
    )
  }
  const taken = (): readonly number[] => chunks.take().map(({ chunk }) => chunk.n)
  const settled = async (): Promise<readonly string[]> => {
    await new Promise((resolve) => setImmediate(resolve))
    return told.splice(0)
  }
  return { chunks, add, taken, settled, wakes: () => wakes }
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, index) => from + index)

describe('chunks that wait to be recorded', () => {
  it('go together where they were written together, in their order', async () => {
    const { chunks, add, taken, settled, wakes } = queue()
    for (const n of range(0, 300)) add(n)
    expect(await settled()).toEqual([])
    expect(wakes()).toBe(1)
    expect(taken()).toEqual(range(0, 256))
    chunks.settle()
    expect(taken()).toEqual(range(256, 300))
    chunks.settle()
    expect(await settled()).toEqual(range(0, 300).map(String))
  })

  it('go first in the next commit when theirs did not land', () => {
    const { chunks, add, taken } = queue()
    for (const n of range(0, 3)) add(n)
    taken()
    add(3)
    chunks.putBack()
    expect(taken()).toEqual([0, 1, 2, 3])
  })

  it('go in commits that are not too large', () => {
    const { chunks, add, taken } = queue()
    for (const n of range(0, 3)) add(n, 200_000)
    expect(taken()).toEqual([0])
    chunks.settle()
    expect(taken()).toEqual([1])
  })

  it('hold up an outcome only when they do not all go before or with it', async () => {
    const { chunks, add, taken } = queue()
    expect(chunks.flushed()).toBeUndefined()
    for (const n of range(0, 200)) add(n)
    expect(chunks.flushed()).toBeUndefined()
    taken()
    for (const n of range(200, 300)) add(n)
    let isFlushed = false
    void chunks.flushed()?.then(() => {
      isFlushed = true
    })
    chunks.putBack()
    taken()
    chunks.settle()
    await new Promise((resolve) => setImmediate(resolve))
    expect(isFlushed).toBe(false)
    taken()
    chunks.settle()
    await new Promise((resolve) => setImmediate(resolve))
    expect(isFlushed).toBe(true)
  })

  it('hold up an outcome where they are too large to go with it', async () => {
    const { chunks, add, taken } = queue()
    for (const n of range(0, 2)) add(n, 200_000)
    const flushed = chunks.flushed()
    expect(flushed).toBeInstanceOf(Promise)
    for (let count = 0; count < 2; count += 1) {
      taken()
      chunks.settle()
    }
    await flushed
    add(2, 100)
    expect(chunks.flushed()).toBeUndefined()
  })

  it('wake nobody when none is left', async () => {
    const { chunks, add, settled, wakes } = queue()
    add(0)
    chunks.fail(new Error('closed'))
    expect(await settled()).toEqual(['0 closed'])
    expect(wakes()).toBe(0)
  })

  it('are refused when far too many wait', async () => {
    const { add, settled } = queue()
    for (const n of range(0, 10_001)) add(n)
    expect(await settled()).toEqual(['10000 10000 chunks'])
  })

  it('go alone when they are refused with others, and then each alone, so that one is to blame', async () => {
    const { chunks, add, taken, settled } = queue()
    for (const n of range(0, 2)) add(n)
    taken()
    chunks.refuse(false, new Error('too large'))
    expect(chunks.goesAlone).toBe(true)
    expect(taken()).toEqual([0, 1])
    chunks.refuse(true, new Error('too large'))
    expect(taken()).toEqual([0])
    chunks.refuse(true, new Error('too large'))
    expect(taken()).toEqual([1])
    chunks.settle()
    expect(chunks.goesAlone).toBe(false)
    expect(await settled()).toEqual(['0 too large', '1'])
  })

  it('fail with their run', async () => {
    const { chunks, add, taken, settled } = queue()
    for (const n of range(0, 2)) add(n)
    taken()
    add(2)
    chunks.fail(new Error('closed'))
    expect(await settled()).toEqual(['0 closed', '1 closed', '2 closed'])
    expect(chunks.length).toBe(0)
  })
})
