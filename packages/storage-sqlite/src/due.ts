import type { DueJournal, DueQuery, JournalKind } from '@wf/core'
import type { Connection, Row } from './connection.js'
import { HEADER_COLUMNS, headerOf, WITH_HEAD } from './journal-row.js'
import { textOf } from './text.js'

/** Takes what is due, oldest first, and keeps it from others for a while. */
export function takeDue(connection: Connection, query: DueQuery, now: number): DueJournal[] {
  const wakeAt = now + query.holdMs
  return findDue(connection, query, now).map((row) => {
    connection.run('update journals set wake_at = ? where number = ?', wakeAt, Number(row.number))
    const header = { ...headerOf(row), wakeAt }
    return { journal: header.journal, head: header.head, header, now }
  })
}

/** What waits for later or for others is not looked at. */
export function findDue(connection: Connection, query: DueQuery, now: number): Row[] {
  return queuesOf(connection, query)
    .flatMap((queue) => connection.all(WAITING, ...queue, now, query.limit))
    .sort((one, other) => Number(one.wake_at) - Number(other.wake_at))
    .slice(0, query.limit)
}

const WAITING = `select ${HEADER_COLUMNS} from journals j indexed by journals_to_wake ${WITH_HEAD}
  where j.namespace = ? and j.kind = ? and j.workflow_id = ? and j.graph_hash = ? and j.wake_at <= ?
  order by j.wake_at limit ?`

/** The journals of one graph that have a wake-up: in the index they lie together, the earliest first. */
type Queue = readonly [namespace: string, kind: JournalKind, workflowId: string, graphHash: string]

function queuesOf(connection: Connection, { namespace, kinds, serves }: DueQuery): Queue[] {
  const queues = new Map<string, Queue>()
  for (const kind of kinds) {
    const served = serves === 'all' ? workflowsOf(connection, [namespace, kind]) : serves
    for (const one of served) {
      for (const queue of graphsOf(connection, one, [namespace, kind])) queues.set(JSON.stringify(queue), queue)
    }
  }
  return [...queues.values()]
}

type Shelf = readonly [namespace: string, kind: JournalKind]

interface Served {
  readonly workflowId: string
  readonly graphHash?: string
}

function* workflowsOf(connection: Connection, shelf: Shelf): Generator<Served> {
  let row: Row | undefined = connection.get(FIRST_WORKFLOW, ...shelf)
  while (row !== undefined) {
    const workflowId = textOf(row.workflow_id)
    yield { workflowId }
    row = connection.get(NEXT_WORKFLOW, ...shelf, workflowId)
  }
}

function* graphsOf(connection: Connection, { workflowId, graphHash }: Served, shelf: Shelf): Generator<Queue> {
  if (graphHash !== undefined) return yield [...shelf, workflowId, graphHash]
  let row: Row | undefined = connection.get(FIRST_GRAPH, ...shelf, workflowId)
  while (row !== undefined) {
    const queue: Queue = [...shelf, workflowId, textOf(row.graph_hash)]
    yield queue
    row = connection.get(NEXT_GRAPH, ...queue)
  }
}

/** Each of these jumps along the index; one that compared two columns at once would read all of what it passes. */
const JUMP = 'from journals indexed by journals_to_wake where wake_at is not null and namespace = ? and kind = ?'
const FIRST_WORKFLOW = `select workflow_id ${JUMP} order by workflow_id limit 1`
const NEXT_WORKFLOW = `select workflow_id ${JUMP} and workflow_id > ? order by workflow_id limit 1`
const FIRST_GRAPH = `select graph_hash ${JUMP} and workflow_id = ? order by graph_hash limit 1`
const NEXT_GRAPH = `select graph_hash ${JUMP} and workflow_id = ? and graph_hash > ? order by graph_hash limit 1`
