import type { DueJournal, DueQuery } from '@wf/core'
import { HEADER, headerOf } from './header.js'
import { shelfKey } from './journal-key.js'
import type { Server } from './server.js'

const TAKE = 'select taken, moment from {schema}.take_due($1, $2, $3, $4::bigint[], $5::bigint[], $6::bigint[])'

/** In the order in which they were handed out. */
const TAKEN = `select ${HEADER} from unnest($1::bigint[]) with ordinality as t(number, place)
  join {schema}.journals j on j.number = t.number join {schema}.heads h on h.key = j.key order by t.place`

export async function takeDue(server: Server, query: DueQuery, aheadMs: number): Promise<readonly DueJournal[]> {
  const queues = queuesOf(query)
  if (queues.length === 0) return []
  const columns = [0, 1, 2].map((column) => queues.map((queue) => queue[column] ?? null))
  const rows = await server.query(TAKE, [aheadMs, query.holdMs, query.limit, ...columns])
  if (rows.length === 0) return []
  const now = Number(rows[0]?.[1])
  const taken = await server.query(TAKEN, [rows.map(([number]) => Number(number))])
  return taken.map(([text]) => {
    const header = headerOf(String(text))
    return { journal: header.journal, head: header.head, header, now }
  })
}

type Queue = readonly [shelf: string, workflow?: string, graph?: string]

function queuesOf({ namespace, kinds, serves }: DueQuery): Queue[] {
  return kinds.flatMap((kind) => {
    const shelf = { namespace, kind }
    if (serves === 'all') return [[shelfKey(shelf)] as const]
    return serves.map(({ workflowId, graphHash }): Queue => {
      const queue = [shelfKey(shelf), shelfKey(shelf, 'workflow', workflowId)] as const
      return graphHash === undefined ? queue : [...queue, shelfKey(shelf, 'graph', graphHash)]
    })
  })
}
