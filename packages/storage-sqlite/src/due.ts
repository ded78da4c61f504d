import type { DueJournal, DueQuery, JournalKind } from '@wf/core'
import type { Connection, Row } from './connection.js'
import { HEADER_COLUMNS, headerOf, WITH_HEAD } from './journal-row.js'
import { textOf } from './text.js'

/** Takes what is due, oldest first; what waits for later or for others is not looked at. */
export function takeDue(connection: Connection, query: DueQuery, now: number): DueJournal[] {
  const rows = queuesOf(connection, query)
    .flatMap((queue) => connection.all(WAITING, ...queue, now, query.limit))
    .sort((one, other) => Number(one.wake_at) - Number(other.wake_at))
    .slice(0, query.limit)
  const wakeAt = now + query.holdMs
  return rows.map((row) => {
    connection.run('update journals set wake_at = ? where number = ?', wakeAt, Number(row.number))
    const header = { ...headerOf(row), wakeAt }
    return { journal: header.journal, head: header.head, header, now }
  })
}

const WAITING = `select ${HEADER_COLUMNS} from journals j indexed by journals_to_wake ${WITH_HEAD}
  where j.namespace = ? and j.kind = ? and j.workflow_id = ? and j.graph_hash = ? and j.wake_at <= ?
  order by j.wake_at limit ?`

/** The journals of one graph that have a wake-up: in the index they lie together, the earliest first. */
type Queue = readonly [namespace: string, kind: JournalKind, workflowId: string, graphHash: string]

function queuesOf(connection: Connection, { namespace, kinds, serves }: DueQuery): Queue[] {
  const queues = new Map<string, Queue>()
  const add = (queue: Queue): void => void queues.set(JSON.stringify(queue), queue)
  for (const kind of kinds) {
    if (serves === 'all') for (const queue of allQueues(connection, namespace, kind)) add(queue)
    else
      for (const served of serves) for (const queue of servedQueues(connection, served, [namespace, kind])) add(queue)
  }
  return [...queues.values()]
}

function* allQueues(connection: Connection, namespace: string, kind: JournalKind): Generator<Queue> {
  for (let row = connection.get(FIRST, namespace, kind); row !== undefined; ) {
    const queue: Queue = [namespace, kind, textOf(row.workflow_id), textOf(row.graph_hash)]
    yield queue
    row = connection.get(NEXT, ...queue)
  }
}

function* servedQueues(
  connection: Connection,
  { workflowId, graphHash }: { readonly workflowId: string; readonly graphHash?: string },
  [namespace, kind]: readonly [string, JournalKind],
): Generator<Queue> {
  if (graphHash !== undefined) return yield [namespace, kind, workflowId, graphHash]
  let row: Row | undefined = connection.get(FIRST_GRAPH, namespace, kind, workflowId)
  while (row !== undefined) {
    const queue: Queue = [namespace, kind, workflowId, textOf(row.graph_hash)]
    yield queue
    row = connection.get(NEXT_GRAPH, ...queue)
  }
}

/** Each of these jumps along the index from one graph to the next one. */
const JUMP = `from journals indexed by journals_to_wake
  where wake_at is not null and namespace = ? and kind = ?`
const FIRST = `select workflow_id, graph_hash ${JUMP} order by workflow_id, graph_hash limit 1`
const NEXT = `select workflow_id, graph_hash ${JUMP} and (workflow_id, graph_hash) > (?, ?)
  order by workflow_id, graph_hash limit 1`
const FIRST_GRAPH = `select graph_hash ${JUMP} and workflow_id = ? order by graph_hash limit 1`
const NEXT_GRAPH = `select graph_hash ${JUMP} and workflow_id = ? and graph_hash > ? order by graph_hash limit 1`
