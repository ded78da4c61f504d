import type { CommitRow } from './commit-row.js'
import { changedColumns } from './migrations/header-columns.js'
import type { Cell, Row, Server } from './server.js'

/** What became of a commit. One that was refused has not landed; why is found out by reading. */
export type Outcome =
  | { readonly how: 'landed' | 'behind'; readonly version: number; readonly at: number }
  | { readonly how: 'refused' | 'headless' }

/** A column of commits each, in the order of the parameters of `land` in the database. */
export const COLUMNS = [
  ['key', 'uuid'],
  ['commitId', 'text'],
  ['mode', 'smallint'],
  ['givenVersion', 'bigint'],
  ['givenId', 'text'],
  ['wake', 'smallint'],
  ['wakeValue', 'double precision'],
  ['seal', 'boolean'],
  ['facts', 'text'],
  ['texts', 'text'],
  ['bytes', 'bytea'],
  ['header', 'jsonb'],
] as const

const CONTENT: ReadonlySet<string> = new Set(['facts', 'texts', 'bytes'])

const parameters = (of: (type: string, place: number, name: string) => string): string =>
  COLUMNS.map(([name, type], index) => of(type, index + 2, name)).join(', ')

/** What may be large stands outside of arrays, which would be escaped here, and parsed and copied there. */
const LAND_SINGLE = `with l as materialized (
    select * from {schema}.land($1, ${parameters((type, place, name) => (CONTENT.has(name) ? `array[null::${type}]` : `array[$${place}::${type}]`))})
  ), inserted as (
    insert into {schema}.commits (journal, at, version, commit_id, facts, texts, bytes)
    select journal, landed_at, landed, $3, $10, $11, $12::bytea from l where landed is not null
  ) select outcome, landed, landed_at from l`

/** Lands a commit of any kind, as one statement. */
export async function landSingle(server: Server, row: CommitRow, aheadMs: number): Promise<Outcome> {
  const [answer] = await server.query(LAND_SINGLE, [aheadMs, ...COLUMNS.map(([name]) => row[name])])
  return outcomeOf(answer)
}

export function outcomeOf(row: Row | undefined): Outcome {
  const [how, version, at] = row ?? []
  if (how === 'landed' || how === 'behind') return { how, version: Number(version), at: Number(at) }
  return { how: how === 'headless' ? how : 'refused' }
}

const INSERT = `insert into {schema}.commits (journal, at, version, commit_id, facts, texts, bytes)
  select number, at, version, $2, $6, $7, $8::bytea from landed returning version, at`
const MATCHES = 'where key = $1 and version = $3::bigint and commit_id = $4 and not (ended and $5) '

/** The way of most commits: they are based on the head and change nothing that lists or sweeps see. */
const LAND_ON_HEAD = `with landed as (
    update {schema}.heads set version = version + 1, commit_id = $2, at = greatest(at, {schema}.clock($9))
    ${MATCHES} returning number, version, at
  ) ${INSERT}`

const WAKES = `case $10::smallint when 1 then $11::double precision
  when 2 then greatest(at, {schema}.clock($9)) + $11::double precision end`

const NEXT_WAKE = `case $10::smallint when 0 then wake_at else ${WAKES} end`

/**
 * The index of sweeps is written only where the journal has to be found earlier than its head says. What the index itself
 * says must not be asked: where the head was waited for, this statement sees it as it was before.
 */
const LAND_AND_WAKE = `with landed as (
    update {schema}.heads set version = version + 1, commit_id = $2, at = greatest(at, {schema}.clock($9)),
      wake_at = ${WAKES}, sweep_at = least(sweep_at, ${WAKES})
    ${MATCHES} returning number, version, at, wake_at, sweep_at
  ), earlier as (
    update {schema}.journals j set sweep_at = l.sweep_at from landed l
    where l.wake_at = l.sweep_at and j.number = l.number
  ) ${INSERT}`

/** What lists and sweeps see changes as well; the index of sweeps says again what the head says. */
const LAND_AND_FILE = `with landed as (
    update {schema}.heads set version = version + 1, commit_id = $2, at = greatest(at, {schema}.clock($9)),
      ended = coalesce($12::boolean, ended), wake_at = ${NEXT_WAKE}, sweep_at = ${NEXT_WAKE}
    ${MATCHES} returning number, version, at, ended, sweep_at
  ), filed as (
    update {schema}.journals j set ${changedColumns('l', '$13::jsonb')} from landed l where j.number = l.number
  ) ${INSERT}`

/** Whether `landOne` can land it: it begins no journal, and what it is tagged with stays. */
export function isPlain({ header, mode }: CommitRow): boolean {
  return mode < 2 && !header?.includes('"tagKeys"') && !header?.includes('"shelf"')
}

/** A commit that waits alone, as one slim statement. It lands on just the head that it names, or is refused. */
export async function landOne(server: Server, row: CommitRow, aheadMs: number): Promise<Outcome> {
  const { key, commitId, givenVersion, givenId, mode, facts, texts, bytes, wake, wakeValue, seal, header } = row
  const values: Cell[] = [key, commitId, givenVersion, givenId, mode === 1, facts, texts, bytes, aheadMs]
  const wakes = [...values, wake, wakeValue]
  const files = seal !== null || header !== null
  const [landed] = files
    ? await server.query(LAND_AND_FILE, [...wakes, seal, header])
    : await (wake === 0 ? server.query(LAND_ON_HEAD, values) : server.query(LAND_AND_WAKE, wakes))
  if (landed === undefined) return { how: 'refused' }
  return { how: 'landed', version: Number(landed[0]), at: Number(landed[1]) }
}
