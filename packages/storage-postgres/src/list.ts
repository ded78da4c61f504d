import { invalidField, type ListPage, type ListQuery } from '@wf/core'
import { HEADER, headerOf } from './header.js'
import { shelfKey, tagKey } from './journal-key.js'
import { moment } from './moment.js'
import type { Cell, Server } from './server.js'
import { kept } from './text.js'

export async function listJournals(server: Server, query: ListQuery): Promise<ListPage> {
  const page = pageOf(query)
  const rows = page === undefined ? [] : await server.ask(page.sql, page.values)
  const found = rows.map(([text]) => headerOf(String(text)))
  const shown = found.slice(0, query.limit)
  const last = shown.at(-1)
  return {
    rows: shown,
    ...(found.length > query.limit && last && { next: JSON.stringify([last.createdAt, last.journal.id]) }),
    ...(query.withTotal === true && { total: await countOf(server, query) }),
  }
}

export interface Statement {
  readonly sql: string
  readonly values: readonly Cell[]
}

/**
 * Each arm reads along an index that has the order of the list in it, so that a page costs about as much at ten
 * journals as at a million: by tag, by resource, by each status, by workflow, or by age alone. One row more than asked for
 * tells whether there are more.
 */
export function pageOf(query: ListQuery): Statement | undefined {
  const bound = binding()
  const limit = bound(query.limit + 1)
  const keys = keysOf(query)
  if (keys.length === 0) return undefined
  const arms = keys.map((key) => `(${armOf(query, key, { bound, limit })})`)
  const sql = `select ${HEADER} from (${arms.join(' union all ')}) p
    join {schema}.journals j on j.number = p.number join {schema}.heads h on h.key = j.key
    order by p.created_at desc, p.id desc limit ${limit}`
  return { sql, values: bound.values }
}

export function countStatement(query: ListQuery): Statement {
  const bound = binding()
  const { cursor: _, ...rest } = query
  const keys = keysOf(rest).map((key) => `select count(*) as found from ${sourceOf(rest, key, bound)}`)
  const parts = keys.length === 0 ? ['select 0 as found'] : keys
  return { sql: `select sum(found) from (${parts.join(' union all ')}) p`, values: bound.values }
}

async function countOf(server: Server, query: ListQuery): Promise<number> {
  const { sql, values } = countStatement(query)
  const [row] = await server.ask(sql, values)
  return Number(row?.[0])
}

/** Where an arm begins: an equal key, in the order of creation. */
interface Key {
  readonly column: 'tag' | 'by_resource' | 'by_status' | 'by_workflow' | 'shelf'
  readonly key: string
  readonly status?: string
}

function keysOf(query: ListQuery): Key[] {
  const { tags: [tag] = [], resourceId, status, workflowId } = query
  if (tag !== undefined) return [{ column: 'tag', key: tagKey(query, tag) }]
  if (resourceId !== undefined) return [{ column: 'by_resource', key: shelfKey(query, 'resource', resourceId) }]
  if (status !== undefined) {
    return [...new Set(status)].map((one) => ({
      column: 'by_status',
      key: shelfKey(query, 'status', one),
      status: one,
    }))
  }
  if (workflowId !== undefined) return [{ column: 'by_workflow', key: shelfKey(query, 'workflow', workflowId) }]
  return [{ column: 'shelf', key: shelfKey(query) }]
}

function armOf(
  query: ListQuery,
  key: Key,
  { bound, limit }: { readonly bound: Binding; readonly limit: string },
): string {
  const created = key.column === 'tag' ? 't.created_at' : 'j.created_at'
  return `select j.number, ${created}, j.id from ${sourceOf(query, key, bound)}
    order by ${created} desc, j.id desc limit ${limit}`
}

/** Tables and terms: what the index holds, then what is compared as text. */
function sourceOf(query: ListQuery, { column, key, status: ownStatus }: Key, bound: Binding): string {
  const { workflowId, status, resourceId, tags: [, ...tags] = [], createdFrom, createdTo, cursor } = query
  const created = column === 'tag' ? 't.created_at' : 'j.created_at'
  const terms = [column === 'tag' ? `t.tag = ${bound(key)}::uuid` : `j.${column} = ${bound(key)}::bigint`]
  const others = [...new Set(tags.map((tag) => tagKey(query, tag)))]
  // One term, however many there are: with one for each the server plans for minutes.
  if (others.length > 0) {
    terms.push(`(select count(*) from {schema}.tags o where o.tag = any(${bound(others)}::uuid[])
      and o.created_at = j.created_at and o.number = j.number) = ${bound(others.length)}`)
  }
  if (workflowId !== undefined) terms.push(exactly('workflow_id', bound(kept(workflowId))))
  if (ownStatus !== undefined) terms.push(exactly('status', bound(kept(ownStatus))))
  else if (status !== undefined) terms.push(exactly('status', `any(${bound(status.map(kept))}::text[])`))
  if (resourceId !== undefined) terms.push(exactly('resource_id', bound(kept(resourceId))))
  if (createdFrom !== undefined) terms.push(`${created} >= ${bound(moment(Math.ceil(createdFrom)))}::bigint`)
  if (createdTo !== undefined) terms.push(`${created} <= ${bound(moment(Math.floor(createdTo)))}::bigint`)
  if (cursor !== undefined) {
    const [createdAt, id] = placeOf(cursor)
    const at = `${bound(createdAt)}::bigint`
    terms.push(`${created} <= ${at} and (${created} < ${at} or j.id < ${bound(kept(id))})`)
  }
  const from =
    column === 'tag' ? '{schema}.tags t join {schema}.journals j on j.number = t.number' : '{schema}.journals j'
  return `${from} where ${terms.join(' and ')}`
}

/**
 * The server takes a plain comparison for a second filter that leaves a fraction of what the index holds, where it mostly
 * leaves all; so few rows it would rather gather and sort. Of this form it expects half.
 */
function exactly(column: string, value: string): string {
  return `coalesce(j.${column} = ${value}, false)`
}

interface Binding {
  (value: Cell): string
  readonly values: readonly Cell[]
}

function binding(): Binding {
  const values: Cell[] = []
  return Object.assign((value: Cell) => `$${values.push(value)}`, { values })
}

function placeOf(cursor: string): [createdAt: number, id: string] {
  try {
    const [createdAt, id] = JSON.parse(cursor)
    if (Number.isSafeInteger(createdAt) && typeof id === 'string') return [createdAt, id]
  } catch {
    // Refused below, like any other text that no list has answered with.
  }
  throw invalidField('cursor', 'must be the `next` of an earlier answer')
}
