import { invalidField, type ListPage, type ListQuery } from '@wf/core'
import type { Connection } from './connection.js'
import { HEADER_COLUMNS, headerOf, WITH_HEAD } from './journal-row.js'
import type { Bindable } from './text.js'

/** A part of a statement with what is bound to it. */
interface Part {
  readonly sql: string
  readonly values: readonly Bindable[]
}

export function listJournals(connection: Connection, query: ListQuery): ListPage {
  const found = rowsOf(connection, query).map(headerOf)
  const rows = found.slice(0, query.limit)
  const last = rows.at(-1)
  return {
    rows,
    ...(found.length > query.limit && last && { next: JSON.stringify([last.createdAt, last.journal.id]) }),
    ...(query.withTotal === true && { total: countOf(connection, query) }),
  }
}

/** One more than asked for, which tells whether there are more. */
function rowsOf(connection: Connection, query: ListQuery) {
  const arms = armsOf(query)
  if (arms.length === 0) return []
  const sql = `select ${HEADER_COLUMNS}
    from (${arms.map((arm) => `select * from (${arm.sql})`).join(' union all ')}) p
    cross join journals j on j.number = p.number ${WITH_HEAD}
    order by j.created_at desc, j.id desc limit ?`
  return connection.all(sql, ...arms.flatMap(({ values }) => values), query.limit + 1)
}

function countOf(connection: Connection, { cursor: _, ...query }: ListQuery): number {
  const { sql, values } = filtersOf(query, 'j')
  const tagged = query.tags?.map((tag) => hasTag(tag)) ?? []
  const terms = [sql, ...tagged.map((part) => part.sql)].join(' and ')
  const given = [...values, ...tagged.flatMap((part) => part.values)]
  return Number(connection.get(`select count(*) as total from journals j where ${terms}`, ...given)?.total)
}

/**
 * Each arm reads along an index that has the order of the list in it, so a page costs about as much at ten journals
 * as at a million: by tag, by resource, by each status, by workflow, or by age alone.
 */
function armsOf(query: ListQuery): Part[] {
  const { tags: [tag, ...tags] = [], resourceId, status, workflowId } = query
  if (tag !== undefined) return [tagArm(query, tag, tags)]
  if (resourceId !== undefined) return [arm(query, 'resource')]
  if (status !== undefined) return [...new Set(status)].map((one) => arm({ ...query, status: [one] }, 'status'))
  return [arm(query, workflowId === undefined ? 'newest' : 'workflow')]
}

const INDEXES = {
  resource: 'journals_by_resource',
  status: 'journals_by_status',
  workflow: 'journals_by_workflow',
  newest: 'journals_newest',
} as const

function arm(query: ListQuery, by: keyof typeof INDEXES): Part {
  const { sql, values } = filtersOf(query, 'j')
  return newestOf({ sql: `from journals j indexed by ${INDEXES[by]} where ${sql}`, values }, query, 'j')
}

function tagArm(query: ListQuery, tag: string, others: readonly string[]): Part {
  const { sql, values } = filtersOf(query, 't')
  const tagged = others.map(hasTag)
  const terms = ['t.tag = ?', ...tagged.map((part) => part.sql), sql].join(' and ')
  const given = [tag, ...tagged.flatMap((part) => part.values), ...values]
  return newestOf(
    { sql: `from tags t cross join journals j on j.number = t.journal where ${terms}`, values: given },
    query,
    't',
  )
}

function newestOf({ sql, values }: Part, { limit }: ListQuery, table: 'j' | 't'): Part {
  const order = `order by ${table}.created_at desc, ${table}.id desc limit ?`
  return { sql: `select j.number ${sql} ${order}`, values: [...values, limit + 1] }
}

function hasTag(tag: string): Part {
  const sql = `exists (select 1 from tags o where o.namespace = j.namespace and o.kind = j.kind and o.tag = ?
    and o.created_at = j.created_at and o.id = j.id)`
  return { sql, values: [tag] }
}

/** All filters but those by tag; `table` is the one along which the arm reads. */
function filtersOf(query: ListQuery, table: 'j' | 't'): Part {
  const { namespace, kind, workflowId, status, resourceId, createdFrom, createdTo, cursor } = query
  const terms = [`${table}.namespace = ?`, `${table}.kind = ?`]
  const values: Bindable[] = [namespace, kind]
  const add = (term: string, ...given: Bindable[]): void => {
    terms.push(term)
    values.push(...given)
  }
  if (workflowId !== undefined) add('j.workflow_id = ?', workflowId)
  if (status?.length === 1) add('j.status = ?', ...status)
  else if (status !== undefined) add(`j.status in (${status.map(() => '?').join(', ')})`, ...status)
  if (resourceId !== undefined) add('j.resource_id = ?', resourceId)
  if (createdFrom !== undefined) add(`${table}.created_at >= ?`, createdFrom)
  if (createdTo !== undefined) add(`${table}.created_at <= ?`, createdTo)
  if (cursor !== undefined) add(`(${table}.created_at, ${table}.id) < (?, ?)`, ...placeOf(cursor))
  return { sql: terms.join(' and '), values }
}

function placeOf(cursor: string): [createdAt: number, id: string] {
  try {
    const [createdAt, id] = JSON.parse(cursor)
    if (typeof createdAt === 'number' && typeof id === 'string') return [createdAt, id]
  } catch {
    // Refused below, like any other text that no list has answered with.
  }
  throw invalidField('cursor', 'must be the `next` of an earlier answer')
}
