import type { PubSub, Storage } from '@wf/core'
import { createPostgresPubSub } from '@wf/pubsub-postgres'
import { createRedisPubSub } from '@wf/pubsub-redis'
import { createPostgresStorage } from '@wf/storage-postgres'
import { createRedisStorage } from '@wf/storage-redis'
import { createSqliteStorage } from '@wf/storage-sqlite'
import type { Kind } from './plan.ts'
import { silentPubSub } from './silent-pub-sub.ts'

/** A file, or a server with the part of it that is ours; processes are told it as data. */
type Place =
  | { readonly of: 'sqlite'; readonly path: string }
  | { readonly of: 'postgres' | 'redis'; readonly url: string }

/** Where processes meet. */
export interface Ground {
  readonly storage: Place
  /** Without it one that accepts everything and delivers nothing, so that looks into the storage alone bring runs on. */
  readonly pubsub?: { readonly of: 'postgres' | 'redis'; readonly url: string }
}

const [schema, prefix] = ['chaos', 'chaos']
/** That connections break is the point of it all. */
const logger = { warn: () => undefined }

/** `offsetMs` is added to the clock of a server. */
export function openStorage({ storage }: Ground, offsetMs: () => number = () => 0): Storage {
  if (storage.of === 'sqlite') return createSqliteStorage({ path: storage.path, synchronous: 'normal' })
  const { url } = storage
  return storage.of === 'postgres'
    ? createPostgresStorage({ url, schema, logger, offsetMs })
    : createRedisStorage({ url, prefix, offsetMs })
}

/** The default engine needs none. */
export function openPubSub({ pubsub }: Ground, kind: Kind = 'local-first'): PubSub {
  if (!pubsub || kind === 'default') return silentPubSub
  const { url } = pubsub
  return pubsub.of === 'postgres' ? createPostgresPubSub({ url, schema }) : createRedisPubSub({ url, prefix })
}
