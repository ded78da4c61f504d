/** Raised when the text below changes: old keys would then name other runs. */
const FORM = 1

/** The run that a key of a workflow means: the same in every process. SHA-256, so that no two keys mean one run. */
export async function keyedRunId(namespace: string, workflowId: string, key: string): Promise<string> {
  const text = JSON.stringify([FORM, namespace, workflowId, key])
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return `key-${Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
