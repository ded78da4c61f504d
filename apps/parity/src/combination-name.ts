import type { Combination } from './combination.ts'

/** `always-publish+redis+postgres`, `default+memory`, or `default` alone, without a storage. */
export const nameOf = ({ engine, pubsub, storage }: Combination): string =>
  [engine, pubsub, storage].filter((part) => part !== undefined).join('+')
