import { describe, expect, it } from 'vitest'
import type { Draft } from './draft.js'
import type { Fold } from './fold.js'
import { Inbox } from './inbox.js'
import type { Request } from './request.js'

const fold = {} as Fold

/** Requests by name, and what they were told. */
function inbox() {
  const told: string[] = []
  const box = new Inbox(() => undefined)
  const request = (name: string, needs?: readonly number[]): Request => ({
    facts: () => [],
    ...(needs && { needs }),
    settled: (effect, _, ref) => told.push(`${name} ${effect} ${ref}`),
    failed: (error) => told.push(`${name} failed: ${error}`),
  })
  const a = request('a')
  const b = request('b')
  const c = request('c')
  const addAll = (...requests: readonly Request[]): void => {
    for (const one of requests) box.add(one)
  }
  return { box, told, request, a, b, c, addAll }
}

const draftOf = (requests: readonly Request[], more: Partial<Draft> = {}): Draft =>
  ({ chunks: [], facts: [], told: requests.map((request) => ({ request, effect: true, ref: 7 })), ...more }) as never

describe('requests', () => {
  it('that wait at one moment are taken together, in their order', () => {
    const { box, a, b, addAll } = inbox()
    expect([box.size, box.take()]).toEqual([0, []])
    addAll(a, b)
    expect(box.size).toBe(2)
    expect(box.take()).toEqual([a, b])
    expect([box.size, box.take()]).toEqual([0, []])
  })

  it('are told what became of them', () => {
    const { box, told, a, b, addAll } = inbox()
    addAll(a, b)
    box.take()
    box.settle(draftOf([a, b]), fold)
    box.fail('late')
    expect(told).toEqual(['a true 7', 'b true 7'])
  })

  it('go first in the next commit when theirs did not land', () => {
    const { box, a, b, c, addAll } = inbox()
    addAll(a, b)
    box.take()
    addAll(c)
    box.putBack(draftOf([a, b]))
    expect(box.take()).toEqual([a, b, c])
  })

  it('say which values they are about, as long as they wait', () => {
    const { box, a, request, addAll } = inbox()
    addAll(a)
    expect(box.needs).toBeUndefined()
    const needy = request('needy', [3, 4])
    addAll(needy)
    expect(box.needs).toEqual([3, 4])
    box.take()
    expect(box.needs).toBeUndefined()
    box.putBack(draftOf([a, needy]))
    expect(box.needs).toEqual([3, 4])
    box.take()
    box.putBack(draftOf([a]))
    expect(box.needs).toBeUndefined()
  })
})

describe('a commit that is refused', () => {
  it('fails the request that was alone in it', () => {
    const { box, told, a, addAll } = inbox()
    addAll(a)
    box.take()
    expect(box.refuse(draftOf([a]), 'no')).toBe(true)
    expect(told).toEqual(['a failed: no'])
    expect(box.size).toBe(0)
    expect(box.refuse(draftOf([]), 'no')).toBe(false)
  })

  it('is made again with one request at a time, and later with all of them', () => {
    const { box, told, a, b, c, request, addAll } = inbox()
    const needy = request('needy', [3])
    addAll(a, needy, c)
    box.take()
    expect(box.refuse(draftOf([a, needy, c]), 'no')).toBe(true)
    expect(told).toEqual([])
    expect(box.take()).toEqual([a])
    expect(box.needs).toEqual([3])
    expect(box.take()).toEqual([needy])
    expect(box.take()).toEqual([c])
    addAll(a, b)
    expect(box.take()).toEqual([a, b])
  })

  it('is made again without its chunks, if there were any', async () => {
    const { box, told, a, addAll } = inbox()
    const chunk = box.write({ chunk: { at: '0', claim: 1, n: 0 }, entry: { type: 'chunk', fact: '' }, value: 1 })
    addAll(a)
    const chunks = box.chunks.take()
    expect(box.take()).toEqual([a])
    expect(box.refuse(draftOf([a], { chunks: [...chunks], facts: [{}] as never }), 'no')).toBe(true)
    expect(told).toEqual([])
    expect(box.take()).toEqual([])
    expect(box.chunks.take()).toHaveLength(1)
    box.settle(draftOf([]), fold)
    await chunk
    expect(box.take()).toEqual([a])
  })
})

describe('a run that fails', () => {
  it('fails those that were taken and those that wait, each once', async () => {
    const { box, told, a, b, addAll } = inbox()
    addAll(a)
    box.take()
    addAll(b)
    const chunk = box.write({ chunk: { at: '0', claim: 1, n: 0 }, entry: { type: 'chunk', fact: '' }, value: 1 })
    expect(box.size).toBe(2)
    box.fail('gone')
    box.fail('again')
    expect(told).toEqual(['a failed: gone', 'b failed: gone'])
    await expect(chunk).rejects.toBe('gone')
    expect(box.size).toBe(0)
  })

  it('may fail only those that wait', () => {
    const { box, told, a, b, addAll } = inbox()
    addAll(a)
    box.take()
    addAll(b)
    box.failWaiting('closed')
    expect(told).toEqual(['b failed: closed'])
    box.settle(draftOf([a]), fold)
    expect(told).toEqual(['b failed: closed', 'a true 7'])
  })
})
