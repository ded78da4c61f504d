import type { CommitRow } from './commit-row.js'
import type { Cell, Row, Server } from './server.js'

/** What became of a commit. One that was refused has not landed; why is found out by reading. */
export type Outcome =
  | { readonly how: 'landed' | 'behind'; readonly version: number; readonly at: number }
  | { readonly how: 'refused' | 'headless' }

const ARRAYS = `$2::uuid[], $3::text[], $4::smallint[], $5::bigint[], $6::text[], $7::smallint[], $8::double precision[],
  $9::boolean[], $10::text[], $11::text[], $12::bytea[], $13::jsonb[]`
const LAND = `select outcome, landed, landed_at from {schema}.land($1, ${ARRAYS})`

/** Lands commits to any journals as one statement. Those to one journal land in their order. */
export async function landGroup(server: Server, rows: readonly CommitRow[], aheadMs: number): Promise<Outcome[]> {
  // Equal for all, so that two groups never wait for each other in a circle.
  const order = [...rows.keys()].sort((one, other) => compare(rows[one], rows[other]) || one - other)
  const sorted = order.flatMap((place) => rows[place] ?? [])
  const column = (of: (row: CommitRow) => Cell): readonly Cell[] => sorted.map(of)
  const answers = await server.query(LAND, [
    aheadMs,
    column(({ key }) => key),
    column(({ commitId }) => commitId),
    column(({ mode }) => mode),
    column(({ givenVersion }) => givenVersion),
    column(({ givenId }) => givenId),
    column(({ wake }) => wake),
    column(({ wakeValue }) => wakeValue),
    column(({ seal }) => seal),
    column(({ facts }) => facts),
    column(({ texts }) => texts),
    column(({ bytes }) => bytes),
    column(({ header }) => header),
  ])
  const outcomes: Outcome[] = []
  order.forEach((place, index) => {
    outcomes[place] = outcomeOf(answers[index])
  })
  return outcomes
}

function outcomeOf(row: Row | undefined): Outcome {
  const [how, version, at] = row ?? []
  if (how === 'landed' || how === 'behind') return { how, version: Number(version), at: Number(at) }
  return { how: how === 'headless' ? how : 'refused' }
}

function compare(one: CommitRow | undefined, other: CommitRow | undefined): number {
  const [left, right] = [one?.key ?? '', other?.key ?? '']
  return left < right ? -1 : left > right ? 1 : 0
}

const INSERT = `insert into {schema}.commits (journal, at, version, commit_id, facts, texts, bytes)
  select number, at, version, $2, $6, $7, $8::bytea from landed returning version, at`
const MATCHES = 'where key = $1 and version = $3 and commit_id = $4 and not (ended and $5) '

/** The way of most commits: they are based on the head and change nothing that lists or sweeps see. */
const LAND_ON_HEAD = `with landed as (
    update {schema}.heads set version = version + 1, commit_id = $2, at = greatest(at, {schema}.clock($9))
    ${MATCHES} returning number, version, at
  ) ${INSERT}`

const WAKES = 'case $10::smallint when 1 then $11 when 2 then greatest(at, {schema}.clock($9)) + $11 end'

/** The index of sweeps is written only where the journal has to be found earlier than it says. */
const LAND_AND_WAKE = `with landed as (
    update {schema}.heads set version = version + 1, commit_id = $2, at = greatest(at, {schema}.clock($9)),
      wake_at = ${WAKES}, sweep_at = least(sweep_at, ${WAKES})
    ${MATCHES} returning number, version, at, wake_at, sweep_at
  ), earlier as (
    update {schema}.journals j set sweep_at = l.sweep_at from landed l
    where l.wake_at = l.sweep_at and j.number = l.number and j.sweep_at is distinct from l.sweep_at
  ) ${INSERT}`

/** Whether `landOne` can land it. */
export function isPlain({ header, seal, mode }: CommitRow): boolean {
  return header === null && seal === null && mode < 2
}

/** A commit that waits alone, as one slim statement. It lands on just the head that it names, or is refused. */
export async function landOne(server: Server, row: CommitRow, aheadMs: number): Promise<Outcome> {
  const { key, commitId, givenVersion, givenId, mode, facts, texts, bytes, wake, wakeValue } = row
  const values: Cell[] = [key, commitId, givenVersion, givenId, mode === 1, facts, texts, bytes, aheadMs]
  const [landed] = await (wake === 0
    ? server.query(LAND_ON_HEAD, values)
    : server.query(LAND_AND_WAKE, [...values, wake, wakeValue]))
  if (landed === undefined) return { how: 'refused' }
  return { how: 'landed', version: Number(landed[0]), at: Number(landed[1]) }
}
