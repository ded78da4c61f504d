import { WorkflowError } from '../errors/index.js'
import type { Codec, Encoded, Encryption, SyncCodec, ValueOwner } from './codec.js'
import { decode } from './decode.js'
import { encode, take } from './encode.js'
import { copyIsolated, isolate } from './isolate.js'
import { type Offload, offloadingCodec } from './offload.js'
import { markBytes, sealedMark, unmarkBytes } from './stored-form.js'
import { requireWithin, type ValueOptions, type ValueRules, valueRules } from './value-rules.js'

export interface CodecOptions extends ValueOptions {
  readonly encrypt?: Encryption
  /** Where values go that are too large for the storage. What is encrypted is so before it goes there. */
  readonly offload?: Offload
}

/** Every process that shares a storage must use the same classes, limits, encryption and place for large values. */
export function createCodec(
  options?: CodecOptions & { readonly encrypt?: undefined; readonly offload?: undefined },
): SyncCodec
export function createCodec(options?: CodecOptions): Codec
export function createCodec(options: CodecOptions = {}): Codec {
  const rules = valueRules(options)
  const { encrypt, offload } = options
  const codec = encrypt === undefined ? plainCodec(rules) : encryptingCodec(encrypt, rules)
  if (offload === undefined) return codec
  requireWithin('offload.overBytes', offload.overBytes, Number.MAX_SAFE_INTEGER)
  return offloadingCodec(codec, offload)
}

const plainCodec = (rules: ValueRules): SyncCodec => ({
  encode: (value) => encode(value, rules),
  decode: (stored) => decode(stored, rules),
  isolate: (value) => isolate(value, rules),
  copy: (value) => copyIsolated(value, rules),
  take: (value) => take(value, rules),
})

function encryptingCodec(encrypt: Encryption, rules: ValueRules): Codec {
  return {
    waits: true,
    async encode(value, place) {
      return markBytes(sealedMark, await seal(encrypt, toBytes(encode(value, rules)), place))
    },
    async decode(stored, place) {
      if (typeof stored !== 'string' && stored[0] === sealedMark)
        return decode(await open(encrypt, stored, place), rules)
      if (encrypt.acceptUnsealed === true) return decode(stored, rules)
      throw new WorkflowError('WF_STORAGE', 'A stored value is not encrypted: set acceptUnsealed to read older values.')
    },
    isolate: (value) => isolate(value, rules),
    copy: (value) => copyIsolated(value, rules),
  }
}

async function seal(encrypt: Encryption, bytes: Uint8Array, place: ValueOwner): Promise<Uint8Array> {
  try {
    return await encrypt.seal(bytes, place)
  } catch (cause) {
    throw new WorkflowError('WF_STORAGE', 'A value could not be encrypted.', { runId: place.runId, cause })
  }
}

async function open(encrypt: Encryption, stored: Uint8Array, place: ValueOwner): Promise<Uint8Array> {
  try {
    return await encrypt.open(unmarkBytes(stored), place)
  } catch (cause) {
    const text = 'A stored value cannot be decrypted: the key is another, or the value was changed or moved.'
    throw new WorkflowError('WF_STORAGE', text, { runId: place.runId, cause })
  }
}

function toBytes(encoded: Encoded): Uint8Array {
  return typeof encoded === 'string' ? new TextEncoder().encode(encoded) : encoded
}
