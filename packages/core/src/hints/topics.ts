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

export const WORKERS = 'workers'
