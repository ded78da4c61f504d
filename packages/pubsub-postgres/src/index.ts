export { createPostgresPubSub, type PostgresPubSub } from './create-postgres-pub-sub.js'
export type { PostgresPubSubOptions } from './postgres-options.js'
