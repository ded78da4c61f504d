import type { DeleteQuery, JournalId } from '@wf/core'
import { type Connection, listOf, replyOf } from './connection.js'
import { headerOf } from './header.js'
import type { KeySpace, ShelfKeys } from './key-space.js'
import { TIME_DIGITS } from './pack-commit.js'
import { deleteScript } from './scripts/delete-script.js'
import { HEADER_FIELDS, sortable } from './scripts/script.js'
import { type Argument, exactly, measured, type Sent, textOf } from './text.js'

type Sweep = Exclude<DeleteQuery, { journal: JournalId }>

export async function deleteJournals(connection: Connection, space: KeySpace, query: DeleteQuery): Promise<number> {
  if ('journal' in query) return remove(connection, space, { journals: [query.journal], conditions: ['', ''] })
  if (query.status?.length === 0) return 0
  let deleted = 0
  for (const shelf of space.shelves(query.namespace, query.kind)) {
    if (deleted < query.limit) deleted += await sweep(connection, space, { shelf, query, most: query.limit - deleted })
  }
  return deleted
}

interface Removal {
  readonly journals: readonly JournalId[]
  readonly conditions: readonly Argument[]
}

/** Each journal by a script of its own, so that others get their turn in between. */
async function remove(connection: Connection, space: KeySpace, { journals, conditions }: Removal): Promise<number> {
  const outcomes = await connection.run(
    deleteScript,
    journals.map((journal) => {
      const { partition, header, commits, values, checkpoint, rows, wakes } = space.of(journal)
      const keys = [header, commits, values, checkpoint, rows, wakes]
      return { partition, keys, args: [exactly(journal.id), ...conditions] }
    }),
  )
  return outcomes.reduce((sum, outcome) => sum + Number(replyOf(outcome, connection)), 0)
}

/** How many ended journals are looked at in one go. */
const PIECE = 100

interface Sweeping {
  readonly shelf: ShelfKeys
  readonly query: Sweep
  readonly most: number
}

/** Ended journals in the order of their ends. Of those that are to be deleted their own scripts decide again. */
async function sweep(connection: Connection, space: KeySpace, { shelf, query, most }: Sweeping): Promise<number> {
  const { namespace, kind, endedBefore, workflowId, status = [] } = query
  const workflow = workflowId === undefined ? '' : exactly(measured(workflowId))
  const conditions = [endedBefore, workflow, ...status.map((one) => exactly(measured(one)))]
  let from: Sent = '[e'
  let deleted = 0
  for (;;) {
    const rows = await endedRows(connection, shelf, { from, before: endedBefore })
    const ended = rows.map((row) => ({ namespace, kind, id: textOf(row.subarray(1 + TIME_DIGITS)) }))
    const journals = (await wanted(connection, space, { journals: ended, query })).slice(0, most - deleted)
    deleted += await remove(connection, space, { journals, conditions })
    const last = rows.at(-1)
    if (deleted >= most || last === undefined || rows.length < PIECE) return deleted
    from = Buffer.concat([Buffer.from('('), last])
  }
}

interface Looking {
  readonly journals: readonly JournalId[]
  readonly query: Sweep
}

/** Those that are to be deleted as they are now: there may be far fewer than have ended, or a limit far below. */
async function wanted(connection: Connection, space: KeySpace, { journals, query }: Looking): Promise<JournalId[]> {
  const { workflowId, status, endedBefore } = query
  const outcomes = await connection.send(
    journals.map((journal) => {
      const { partition, header } = space.of(journal)
      return { partition, name: 'hmget', args: [header, ...HEADER_FIELDS] }
    }),
  )
  return journals.filter((journal, index) => {
    const header = headerOf(journal, replyOf(outcomes[index], connection))
    if (header === undefined || header.wakeAt !== null || header.updatedAt >= endedBefore) return false
    if (workflowId !== undefined && header.workflowId !== workflowId) return false
    return status === undefined || status.includes(header.status)
  })
}

interface Range {
  readonly from: Sent
  readonly before: number
}

async function endedRows(connection: Connection, shelf: ShelfKeys, { from, before }: Range): Promise<Buffer[]> {
  const args = [shelf.rows, from, `(e${sortable(Math.ceil(before))}`, 'LIMIT', 0, PIECE]
  const [outcome] = await connection.send([{ partition: shelf.partition, name: 'zrangebylex', args }])
  return listOf(replyOf(outcome, connection)).filter((row) => Buffer.isBuffer(row))
}
