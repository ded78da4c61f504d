import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { createCodec, type Encryption, type ValueOwner } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, it } from 'vitest'
import { engineSuite } from '../../src/engine/engine-suite.js'

const KEY = randomBytes(32)
const IV_BYTES = 12
const TAG_BYTES = 16

const boundTo = (owner: ValueOwner): Uint8Array => new TextEncoder().encode(JSON.stringify(owner))

/** AES-GCM behind promises, as a key service would be. */
const encryption: Encryption = {
  async seal(bytes, owner) {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv('aes-256-gcm', KEY, iv).setAAD(boundTo(owner))
    return Buffer.concat([iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
  },
  async open(sealed, owner) {
    const decipher = createDecipheriv('aes-256-gcm', KEY, sealed.subarray(0, IV_BYTES)).setAAD(boundTo(owner))
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()])
  },
}

engineSuite({
  name: 'default on memory, encrypted with promises, always suspending',
  createEngine: (options) =>
    createDefaultEngine({
      codec: createCodec({ encrypt: encryption }),
      ...options,
      cacheRuns: 0,
      checkpointBytes: 100,
    }),
  createStorage: ({ clock }) => createMemoryStorage({ clock }),
}).register({ describe, it })
