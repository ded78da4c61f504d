/** Values that are too large for a storage, put into a store of the user's. */
export const offloadBehaviours = {
  'offload.large': 'Values over the limit go to the store of the user and come back equal, also in another process.',
  'offload.small': 'Values up to the limit stay in the journal.',
  'offload.same': 'The same content in the same run is one payload.',
  'offload.refused':
    'A value that the store does not take fails its step, which is retried as its policy says, or rejects the start.',
  'offload.lost': 'A payload that is lost or altered is one typed error for whoever asks for the run; nothing hangs.',
  'offload.deleted':
    'A run is deleted with its payloads, one by its id or many by their age, and without those of others.',
} as const
