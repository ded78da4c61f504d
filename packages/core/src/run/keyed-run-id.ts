import { sha256 } from '../codec/payload-key.js'

/** Raised when the text below changes: old keys would then name other runs. */
const FORM = 1

/** The run that a key of a workflow means: the same in every process. SHA-256, so that no two keys mean one run. */
export async function keyedRunId(namespace: string, workflowId: string, key: string): Promise<string> {
  const text = JSON.stringify([FORM, namespace, workflowId, key])
  return `key-${await sha256(new TextEncoder().encode(text))}`
}
