import { PUBSUB_CONTRACT, type PubSub } from '@wf/core'

/** Loses everything, which a pub/sub may. */
export const silentPubSub = (): PubSub => ({
  contract: PUBSUB_CONTRACT,
  publish: async () => undefined,
  subscribe: async () => async () => undefined,
  close: async () => undefined,
})
