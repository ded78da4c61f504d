/** Keeps parts of a topic apart, whatever they hold. */
const part = (text: string): string => text.replace(/[%:]/g, (sign) => (sign === '%' ? '%25' : '%3A'))

/** A hash is cut to what tells the graphs of one workflow apart. */
const HASH_LENGTH = 16

/** Work for those who have this graph of the workflow; a group shares it. */
export const workTopic = (namespace: string, workflowId: string, graphHash: string): string =>
  `wf:${part(namespace)}:work:${part(workflowId)}:${graphHash.slice(0, HASH_LENGTH)}`

/** Runs that rest or have ended, and such as are watched and have gone on, for those who wait for that. */
export const restTopic = (namespace: string): string => `wf:${part(namespace)}:rest`

/** Runs that are being canceled, or watched by somebody, for those who work on them. */
export const cancelTopic = (namespace: string): string => `wf:${part(namespace)}:cancel`

/** So many topics for what steps say while they run; a process that watches runs hears those on which these are. */
const CHUNK_TOPICS = 16

/** What steps of runs write, for those who watch them. */
export function chunkTopic(namespace: string, runId: string): string {
  let sum = 0
  for (let index = 0; index < runId.length; index += 1) sum = (31 * sum + runId.charCodeAt(index)) % 65_536
  return `wf:${part(namespace)}:chunks:${sum % CHUNK_TOPICS}`
}

export const WORKERS = 'workers'
