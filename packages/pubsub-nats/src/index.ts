export { createNatsPubSub, type NatsPubSub } from './create-nats-pub-sub.js'
export type { NatsPubSubOptions, NatsPubSubSettings } from './nats-pub-sub-options.js'
