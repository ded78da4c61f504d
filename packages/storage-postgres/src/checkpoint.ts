import type { Checkpoint } from '@wf/core'
import { journalKey } from './journal-key.js'
import type { Server } from './server.js'
import { kept } from './text.js'

/** Of a head that the journal went through; what is stored of a later one stays. */
const SAVE = `insert into {schema}.checkpoints as stored (journal, version, commit_id, text, bytes)
  select h.number, $2, $3, $4, $5::bytea from {schema}.heads h
  where h.key = $1 and exists (
    select from {schema}.commits c where c.journal = h.number and c.version = $6::bigint and c.commit_id = $3)
  for key share of h
  on conflict (journal) do update
    set version = excluded.version, commit_id = excluded.commit_id, text = excluded.text, bytes = excluded.bytes
    where stored.version <= excluded.version`

const GREATEST_VERSION = 2 ** 31 - 1

export async function saveCheckpoint(server: Server, { journal, head, state }: Checkpoint): Promise<void> {
  const isText = typeof state === 'string'
  const version = Math.min(head.version, GREATEST_VERSION)
  const [text, bytes] = isText ? [kept(state), null] : [null, Buffer.from(state)]
  await server.query(SAVE, [journalKey(journal), version, kept(head.commitId), text, bytes, head.version])
}
