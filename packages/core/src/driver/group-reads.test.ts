import { describe, expect, it } from 'vitest'
import type { Clock, Read, Slice, Storage } from '../contracts/index.js'
import { WorkflowError } from '../errors/index.js'
import { groupReads } from './group-reads.js'

const clock: Clock = { now: () => 0, after: () => () => undefined }
const read = (id: string): Read => ({ journal: { namespace: '', kind: 'run', id } })

/** Answers each read with its id; `fails` says which calls do not get so far. */
function reader(fails: (ids: readonly string[]) => unknown = () => undefined) {
  const calls: (readonly string[])[] = []
  const load = async (reads: readonly Read[]): Promise<readonly (Slice | undefined)[]> => {
    const ids = reads.map(({ journal }) => journal.id)
    calls.push(ids)
    const error = fails(ids)
    if (error) throw error
    return ids.map((id) => id as unknown as Slice)
  }
  return { calls, ask: groupReads({ load } as unknown as Storage, { clock, closed: () => false }) }
}

describe('reads of one moment', () => {
  it('go out as one call, and those of the next moment as another', async () => {
    const { calls, ask } = reader()
    expect(await Promise.all([ask(read('a')), ask(read('b'))])).toEqual(['a', 'b'])
    expect(await ask(read('c'))).toBe('c')
    expect(calls).toEqual([['a', 'b'], ['c']])
  })

  it('do not fail because one of them does', async () => {
    const refusal = new TypeError('no such journal')
    const { calls, ask } = reader((ids) => (ids.includes('bad') ? refusal : undefined))
    const [one, bad, other] = await Promise.allSettled([ask(read('a')), ask(read('bad')), ask(read('b'))])
    expect([one, other].map((each) => each?.status === 'fulfilled' && each.value)).toEqual(['a', 'b'])
    expect(bad).toEqual({ status: 'rejected', reason: refusal })
    expect(calls).toEqual([['a', 'bad', 'b'], ['a'], ['bad'], ['b']])
    await expect(ask(read('bad'))).rejects.toBe(refusal)
  })

  it('are asked for again, each for itself, when the storage does not answer', async () => {
    let failures = 1
    const gone = new WorkflowError('WF_STORAGE_UNAVAILABLE', 'no answer')
    const { calls, ask } = reader(() => (failures-- > 0 ? gone : undefined))
    expect(await Promise.all([ask(read('a')), ask(read('b'))])).toEqual(['a', 'b'])
    expect(calls).toEqual([['a', 'b'], ['a'], ['b']])
  })

  it('are not held up by one that fails again and again', async () => {
    const { ask } = reader((ids) => (ids.includes('bad') ? new Error('it fails') : undefined))
    void ask(read('bad')).catch(() => undefined)
    expect(await ask(read('good'))).toBe('good')
  })
})
