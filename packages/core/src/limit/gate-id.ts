import { sha256 } from '../codec/payload-key.js'

/** What such an id may show as it is, so that people recognise it and every storage takes it. */
const PLAIN = /^[\w .@/+=,~-]{0,160}$/

/** The journal that counts for one key of a workflow. No two keys have one. */
export async function gateId(what: 'slots' | 'starts', workflowId: string, key: string): Promise<string> {
  if (PLAIN.test(workflowId) && PLAIN.test(key)) return `${what}:${workflowId}:${key}`
  return `${what}::${await sha256(new TextEncoder().encode(JSON.stringify([workflowId, key])))}`
}
