import { WorkflowError } from '../errors/index.js'
import type { Codec, Encoded, ValueOwner } from './codec.js'
import { payloadKey, runPrefix, sha256 } from './payload-key.js'
import { type Payload, payloadIn, payloadText } from './stored-form.js'

/**
 * A store of the user's for values that are too large for the storage: a bucket, a file system, a table. Keys are case
 * sensitive text of at most 500 characters from `A-Z a-z 0-9 _ - ! /`. What is under a key never changes, so that to put
 * it again is harmless.
 */
export interface Offload {
  /** Values that take more bytes than this go to the store. Keep it well below the storage's limit for one commit. */
  readonly overBytes: number
  /** Must have stored the bytes for good when it resolves: the commit that refers to them comes after. */
  put(key: string, bytes: Uint8Array): void | Promise<void>
  get(key: string): Uint8Array | undefined | Promise<Uint8Array | undefined>
  /** Removes everything under keys that begin like this. Called before a run is deleted; without it, its payloads stay. */
  deletePrefix?(prefix: string): void | Promise<void>
}

/** Puts what is large elsewhere, after the inner codec has encoded and perhaps encrypted it. */
export function offloadingCodec(inner: Codec, offload: Offload): Codec {
  const away = (encoded: Encoded, owner: ValueOwner) => (isLarge(encoded, offload) ? put(encoded, owner) : encoded)

  async function put(encoded: Encoded, owner: ValueOwner): Promise<Encoded> {
    const bytes = typeof encoded === 'string' ? new TextEncoder().encode(encoded) : encoded
    const payload = { hash: await sha256(bytes), size: bytes.length }
    const key = await payloadKey(owner, payload.hash)
    await attempt({ key, owner, what: 'put' }, () => offload.put(key, bytes))
    return payloadText(payload)
  }

  async function fetch(payload: Payload, owner: ValueOwner): Promise<Uint8Array> {
    const key = await payloadKey(owner, payload.hash)
    const bytes = await attempt({ key, owner, what: 'get' }, () => offload.get(key))
    if (!(bytes instanceof Uint8Array)) throw lost(key, owner, 'is not there')
    if (bytes.length === payload.size && (await sha256(bytes)) === payload.hash) return bytes
    throw lost(key, owner, 'is not what was put there')
  }

  return {
    waits: true,
    encode(value, owner) {
      const encoded = inner.encode(value, owner)
      return encoded instanceof Promise ? encoded.then((one) => away(one, owner)) : away(encoded, owner)
    },
    async decode(stored, owner) {
      const payload = payloadIn(stored)
      return inner.decode(payload ? await fetch(payload, owner) : stored, owner)
    },
    isolate: (value) => inner.isolate(value),
    copy: (value) => inner.copy(value),
    ...(offload.deletePrefix && {
      async discard(run) {
        const key = await runPrefix(run)
        await attempt({ key, owner: run, what: 'deletePrefix' }, () => offload.deletePrefix?.(key))
      },
    }),
  }
}

/** Most text needs no count: a character takes from one to three bytes. */
function isLarge(encoded: Encoded, { overBytes }: Offload): boolean {
  if (typeof encoded !== 'string' || encoded.length > overBytes) return encoded.length > overBytes
  return encoded.length * 3 > overBytes && new TextEncoder().encode(encoded).length > overBytes
}

interface Call {
  readonly key: string
  readonly owner: Pick<ValueOwner, 'runId'>
  readonly what: 'put' | 'get' | 'deletePrefix'
}

async function attempt<Answer>({ key, owner, what }: Call, call: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await call()
  } catch (cause) {
    const text = `\`offload.${what}\` failed for "${key}": see its cause, and try again once the store answers`
    throw new WorkflowError('WF_STORAGE', text, { runId: owner.runId, cause })
  }
}

function lost(key: string, { runId }: ValueOwner, what: string): WorkflowError {
  const text = `the payload "${key}" ${what}: a value of run "${runId}" is lost unless the store can bring it back`
  return new WorkflowError('WF_STORAGE', text, { runId })
}
