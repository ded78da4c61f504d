import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createCodec, type Encryption, type ValueOwner } from './index.js'

const place: ValueOwner = { namespace: 'tenant', runId: 'r1', path: '0.2' }

function aesGcm(key: Uint8Array): Encryption {
  const bound = ({ namespace, runId, path }: ValueOwner) => Buffer.from(JSON.stringify([namespace, runId, path]))
  return {
    seal(bytes, at) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(bound(at))
      const sealed = Buffer.concat([cipher.update(bytes), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), sealed])
    },
    async open(sealed, at) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(bound(at))
      decipher.setAuthTag(sealed.subarray(12, 28))
      return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
    },
  }
}

const key = randomBytes(32)
const codec = createCodec({ encrypt: aesGcm(key) })
const refused = { code: 'WF_STORAGE', runId: 'r1' }

describe('an encrypting codec', () => {
  it.each([[{ secret: 'value' }], [new Map([['a', -0]])], [new Uint8Array([1, 2])], [Buffer.from('x')], [undefined]])(
    'keeps %o and shows nothing of it',
    async (value) => {
      const stored = await codec.encode(value, place)
      expect(stored).toBeInstanceOf(Uint8Array)
      expect(Buffer.from(stored as Uint8Array).toString('latin1')).not.toContain('secret')
      expect(await codec.decode(stored, place)).toStrictEqual(value)
      expect(codec.isolate(value)).toStrictEqual(value)
    },
  )

  it.each<[string, Partial<ValueOwner>]>([
    ['tenant', { namespace: 'other' }],
    ['run', { runId: 'r2' }],
    ['place in the run', { path: '0.3' }],
  ])('refuses a value that was moved to another %s', async (_what, moved) => {
    const stored = await codec.encode({ a: 1 }, place)
    await expect(codec.decode(stored, { ...place, ...moved })).rejects.toMatchObject({ code: 'WF_STORAGE' })
  })

  it('refuses what was changed, and another key', async () => {
    const stored = (await codec.encode({ a: 1 }, place)) as Uint8Array
    const changed = Uint8Array.from(stored, (byte, index) => (index === stored.length - 1 ? byte ^ 1 : byte))
    await expect(codec.decode(changed, place)).rejects.toMatchObject(refused)
    await expect(codec.decode(stored.subarray(0, 9), place)).rejects.toMatchObject(refused)
    const other = createCodec({ encrypt: aesGcm(randomBytes(32)) })
    await expect(other.decode(stored, place)).rejects.toMatchObject(refused)
  })

  it('refuses what is not sealed, unless it was told to accept it', async () => {
    const plain = createCodec().encode({ a: 1 })
    await expect(codec.decode(plain, place)).rejects.toMatchObject({ code: 'WF_STORAGE' })
    const lenient = createCodec({ encrypt: { ...aesGcm(key), acceptUnsealed: true } })
    expect(await lenient.decode(plain, place)).toEqual({ a: 1 })
    expect(await lenient.decode(await codec.encode(2, place), place)).toBe(2)
  })

  it('rejects what cannot be stored, with its place', async () => {
    await expect(codec.encode({ a: () => 1 }, place)).rejects.toMatchObject({
      code: 'WF_NOT_SERIALIZABLE',
      field: '$.a',
    })
  })
})

it('a codec without encryption answers at once, and says when a value is sealed', async () => {
  const plain = createCodec()
  expect([plain.waits, codec.waits]).toEqual([undefined, true])
  expect(plain.decode(plain.encode({ a: 1 }, place), place)).toEqual({ a: 1 })
  const sealed = await codec.encode(1, place)
  expect(() => plain.decode(sealed, place)).toThrowError(/encrypted/)
})
