import type { DeleteQuery } from '@wf/core'
import { journalKey, shelfKey } from './journal-key.js'
import { moment } from './moment.js'
import type { Server } from './server.js'
import { kept } from './text.js'

/** So many journals are deleted as one transaction: long ones keep the server from clearing up. */
const MOST_AT_ONCE = 100

const DELETE = 'select {schema}.delete_journals($1::uuid[], $2)'

/** In the order of the index, which keeps the server from reading the table where most journals have ended. */
export const ENDED = `select j.key from {schema}.journals j join {schema}.heads h on h.key = j.key
  where j.shelf = $1 and j.ended_at < $2 and h.ended and h.at < $2 and h.wake_at is null
  and ($3::bigint is null or j.by_workflow = $3 and j.workflow_id = $4)
  and ($5::text[] is null or j.status = any($5)) order by j.ended_at limit $6`

export async function deleteJournals(server: Server, query: DeleteQuery): Promise<number> {
  if ('journal' in query) return deleteThese(server, [journalKey(query.journal)], null)
  const { workflowId, status, endedBefore, limit } = query
  const workflow = workflowId === undefined ? [null, null] : [shelfKey(query, 'workflow', workflowId), kept(workflowId)]
  const terms = [shelfKey(query), moment(Math.ceil(endedBefore)), ...workflow, status?.map(kept) ?? null]
  let deleted = 0
  while (deleted < limit) {
    const rows = await server.query(ENDED, [...terms, Math.min(MOST_AT_ONCE, limit - deleted)])
    const keys = rows.map(([key]) => String(key))
    const count = keys.length === 0 ? 0 : await deleteThese(server, keys, endedBefore)
    // Others may have been quicker; whatever there is left is for the next sweep.
    if (count === 0) break
    deleted += count
  }
  return deleted
}

async function deleteThese(server: Server, keys: readonly string[], endedBefore: number | null): Promise<number> {
  const [row] = await server.query(DELETE, [keys, endedBefore])
  return Number(row?.[0])
}
