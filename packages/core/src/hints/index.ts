/** What engines are made of whose processes tell each other of work over a pub/sub. */
export { atMost } from './at-most.js'
export { drainOnSignals } from './drain-on-signals.js'
export { type Hint, readHint, writeHint } from './hint.js'
export { BATCH, offersOf } from './offers.js'
export { Outbox, type OutboxParts } from './outbox.js'
export { type Load, Room } from './room.js'
export { Subscription, type SubscriptionParts, type Topic } from './subscription.js'
export { cancelTopic, restTopic, WORKERS, workTopic } from './topics.js'
