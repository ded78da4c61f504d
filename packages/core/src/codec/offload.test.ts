import { describe, expect, it } from 'vitest'
import { createCodec, decode, type Encryption, type Offload } from './index.js'

const owner = { namespace: 'tenant', runId: 'run/1', path: '0' }

function createStore(overBytes = 100) {
  const kept = new Map<string, Uint8Array>()
  const offload: Offload = {
    overBytes,
    put: async (key, bytes) => void kept.set(key, bytes),
    get: (key) => kept.get(key),
    async deletePrefix(prefix) {
      for (const key of [...kept.keys()]) if (key.startsWith(prefix)) kept.delete(key)
    },
  }
  return { kept, offload, codec: createCodec({ offload }) }
}

const large = { text: 'æ\ud800\0'.repeat(200) }

const reversing: Encryption = { seal: (bytes) => bytes.slice().reverse(), open: (bytes) => bytes.slice().reverse() }

const failing = (name: 'put' | 'get' | 'deletePrefix') =>
  createCodec({
    offload: {
      ...createStore().offload,
      async [name]() {
        throw new Error('no connection')
      },
    },
  })

describe('a codec that puts large values elsewhere', () => {
  it('keeps small ones where they were, without a promise', () => {
    const { codec, kept } = createStore()
    expect(codec.encode({ a: 1 }, owner)).toBe('{"a":1}')
    expect(kept.size).toBe(0)
  })

  it.each<[string, unknown]>([
    ['text', large],
    ['tagged text', new Map([['k', large]])],
    ['bytes', new Uint8Array(101).fill(3)],
    ['a Buffer', Buffer.alloc(200, 1)],
  ])('leaves a short reference for %s, and gives it back', async (_what, value) => {
    const { codec, kept } = createStore()
    const stored = await codec.encode(value, owner)
    expect(stored).toMatch(/^~\["~offloaded","[0-9a-f]{64}",\d+\]$/)
    expect([...kept.keys()]).toEqual([expect.stringMatching(/^tenant\/run!002f1\/[0-9a-f]{64}$/)])
    expect(await codec.decode(stored, owner)).toStrictEqual(value)
  })

  it('counts bytes, not characters', async () => {
    const { codec, kept } = createStore()
    await codec.encode('æ'.repeat(48), owner)
    expect(kept.size).toBe(0)
    await codec.encode('æ'.repeat(50), owner)
    expect(kept.size).toBe(1)
  })

  it('has one key for the same content of a run, and others for other runs', async () => {
    const { codec, kept } = createStore()
    for (const runId of [
      'a',
      'a',
      'A',
      'a/b',
      'a!002fb',
      '\ud800',
      '\udfff',
      '..',
      'x'.repeat(10_000),
      'x'.repeat(9_999),
    ])
      await codec.encode(large, { ...owner, runId })
    expect(kept.size).toBe(9)
    for (const key of kept.keys()) expect(key).toMatch(/^[\w!/-]{1,500}$/)
  })

  it('puts away what is encrypted already', async () => {
    const { offload, kept } = createStore()
    const codec = createCodec({ encrypt: reversing, offload })
    const stored = await codec.encode({ text: 'secret'.repeat(50) }, owner)
    expect([...kept.values()].map((bytes) => Buffer.from(bytes).includes('secret'))).toEqual([false])
    expect(await codec.decode(stored, owner)).toEqual({ text: 'secret'.repeat(50) })
    expect(await codec.decode(await codec.encode(1, owner), owner)).toBe(1)
  })

  it('does not take a value of the user for a reference', async () => {
    const { codec } = createStore()
    for (const value of [['~offloaded', 'a'.repeat(64), 5], `~["~offloaded","${'a'.repeat(64)}",5]`])
      expect(await codec.decode(await codec.encode(value, owner), owner)).toEqual(value)
  })

  it('removes what belongs to one run and nothing else', async () => {
    const { codec, kept } = createStore()
    for (const runId of ['a', 'ab', 'a/b']) await codec.encode(large, { ...owner, runId })
    await codec.discard?.({ namespace: 'tenant', runId: 'a' })
    expect([...kept.keys()].map((key) => key.split('/')[1])).toEqual(['ab', 'a!002fb'])
    const { deletePrefix: _, ...rest } = createStore().offload
    expect(createCodec({ offload: rest }).discard).toBeUndefined()
  })
})

describe('a store that does not keep its word', () => {
  it.each<[string, (bytes: Uint8Array) => Uint8Array | undefined, string]>([
    ['has lost it', () => undefined, 'is not there'],
    ['has altered it', (bytes) => bytes.map((byte, index) => (index === 5 ? byte ^ 1 : byte)), 'is not what was put'],
    ['has cut it', (bytes) => bytes.slice(1), 'is not what was put'],
    ['gives something else', () => 'text' as never, 'is not there'],
  ])('%s: a typed error names run and key', async (_what, change, text) => {
    const { codec, kept } = createStore()
    const stored = await codec.encode(large, owner)
    const [[key, bytes] = ['', new Uint8Array()]] = kept
    kept.set(key, change(bytes) as Uint8Array)
    const error = await Promise.resolve(codec.decode(stored, owner)).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'WF_STORAGE', runId: 'run/1' })
    expect(String(error)).toContain(text)
    expect(String(error)).toContain(key)
  })

  it('fails: a typed error says at what', async () => {
    const refused = { code: 'WF_STORAGE', runId: 'run/1', cause: expect.objectContaining({ message: 'no connection' }) }
    await expect(failing('put').encode(large, owner)).rejects.toMatchObject(refused)
    await expect(failing('deletePrefix').discard?.(owner)).rejects.toMatchObject(refused)
    const stored = await createStore().codec.encode(large, owner)
    await expect(failing('get').decode(stored, owner)).rejects.toMatchObject(refused)
  })

  it('cannot be moved to another run', async () => {
    const { codec } = createStore()
    const stored = await codec.encode(large, owner)
    await expect(codec.decode(stored, { ...owner, runId: 'other' })).rejects.toMatchObject({ code: 'WF_STORAGE' })
  })

  it('is missed by a codec that does not know of it', async () => {
    const stored = await createStore().codec.encode(large, owner)
    expect(() => decode(stored)).toThrowError(expect.objectContaining({ code: 'WF_STORAGE' }))
    expect(() => decode(stored)).toThrowError('give the codec the `offload` that took it')
  })

  it.each([0, 1.5, Number.NaN])('is refused with overBytes %s', (overBytes) => {
    expect(() => createStore(overBytes)).toThrowError(
      expect.objectContaining({ code: 'WF_INVALID_OPTION', field: 'offload.overBytes' }),
    )
  })
})
