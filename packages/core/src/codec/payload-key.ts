import type { RunOwner } from './codec.js'

const nodeCrypto = globalThis.process?.getBuiltinModule?.('node:crypto')

/** Of the text of a namespace or run id; longer ones are named by their hash. */
const mostShown = 160

/** The key of a payload: the same content of the same run has the same key, and nothing else has it. */
export async function payloadKey(run: RunOwner, hash: string): Promise<string> {
  return `${await runPrefix(run)}${hash}`
}

/** How the keys of all payloads of a run begin, and of no other run. */
export async function runPrefix({ namespace, runId }: RunOwner): Promise<string> {
  return `${await keyPart(namespace)}/${await keyPart(runId)}/`
}

/** Each character that some store may take for something else, as its number; so different texts stay different. */
async function keyPart(text: string): Promise<string> {
  const safe = text.replace(/[^\w-]/g, (unit) => `!${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return safe.length <= mostShown ? safe : `!!${await sha256(new TextEncoder().encode(safe))}`
}

/** At once where the runtime can: a trip to another thread takes longer than most payloads. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  if (nodeCrypto) return nodeCrypto.createHash('sha256').update(bytes).digest('hex')
  const hash = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
