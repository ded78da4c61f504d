export { createMemoryPubSub, type MemoryPubSub, type MemoryPubSubOptions } from './create-memory-pub-sub.js'
