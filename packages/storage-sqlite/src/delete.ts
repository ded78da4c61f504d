import type { DeleteQuery } from '@wf/core'
import type { Connection } from './connection.js'
import { findStanding, KEYS_OF } from './journal-row.js'
import { deleteTags } from './write-header.js'

export function deleteJournals(connection: Connection, query: DeleteQuery): number {
  const found = 'journal' in query ? named(connection, query) : ended(connection, query)
  for (const number of found) remove(connection, number)
  return found.length
}

function named(connection: Connection, { journal }: Extract<DeleteQuery, { journal: unknown }>): number[] {
  const standing = findStanding(connection, journal)
  return standing?.ended === true ? [standing.number] : []
}

function ended(connection: Connection, query: Exclude<DeleteQuery, { journal: unknown }>): number[] {
  const { namespace, kind, workflowId, status, endedBefore, limit } = query
  const terms = ['namespace = ?', 'kind = ?', 'ended_at < ?', 'wake_at is null']
  if (workflowId !== undefined) terms.push('workflow_id = ?')
  if (status !== undefined) terms.push(`status in (${status.map(() => '?').join(', ')})`)
  const sql = `select number from journals indexed by journals_ended where ${terms.join(' and ')} limit ?`
  const given = [...(workflowId === undefined ? [] : [workflowId]), ...(status ?? []), limit]
  return connection.all(sql, namespace, kind, endedBefore, ...given).map(({ number }) => Number(number))
}

function remove(connection: Connection, number: number): void {
  deleteTags(connection, number)
  connection.run(`delete from commits where ${KEYS_OF}`, number, number)
  connection.run('delete from checkpoints where journal = ?', number)
  connection.run('delete from journals where number = ?', number)
}
