import { PUBSUB_CONTRACT, type PubSub } from '@wf/core'

/** Accepts everything and delivers nothing: all that is left to a process is to look into the storage. */
export const silentPubSub: PubSub = {
  contract: PUBSUB_CONTRACT,
  publish: async () => undefined,
  subscribe: async () => async () => undefined,
  close: async () => undefined,
}
