/** Every status that a run can have. */
export const runStatuses = [
  'pending',
  'running',
  'waiting',
  'suspended',
  'paused',
  'success',
  'failed',
  'tripwire',
  'canceled',
] as const

export type RunStatus = (typeof runStatuses)[number]
