import { arrayColumn } from './array-column.js'
import type { CommitRow } from './commit-row.js'
import { COLUMNS, type Outcome, outcomeOf } from './land.js'
import type { Row, Server } from './server.js'

/** A statement for commits in the order of their keys, and what it answers. */
interface Way {
  readonly sql: string
  readonly columns: readonly (typeof COLUMNS)[number][]
  outcomes(answers: readonly Row[], count: number): Outcome[]
}

function way(select: string, takes: (name: string) => boolean, outcomes: Way['outcomes']): Way {
  const taken = COLUMNS.filter(([name]) => takes(name))
  const sql = `select ${select}($1, ${taken.map(([, type], index) => `$${index + 2}::${type}[]`).join(', ')})`
  return { sql, columns: taken, outcomes }
}

const EACH = way(
  'outcome, landed, landed_at from {schema}.land',
  () => true,
  (answers) => answers.map(outcomeOf),
)

/** What only `land` can do is not told of here. */
const ON_HEADS = way(
  'place, landed, landed_at from {schema}.land_on_heads',
  () => true,
  (answers, count) => {
    const outcomes = Array.from({ length: count }, (): Outcome => REFUSED)
    for (const [place, version, at] of answers) {
      outcomes[Number(place) - 1] = { how: 'landed', version: Number(version), at: Number(at) }
    }
    return outcomes
  },
)

const BESIDE_APPENDS: ReadonlySet<string> = new Set(['mode', 'seal', 'header'])

const APPEND = way(
  'outcome, landed, landed_at from {schema}.append',
  (name) => !BESIDE_APPENDS.has(name),
  (answers) => answers.map(outcomeOf),
)

const REFUSED: Outcome = { how: 'refused' }

/** Lands commits to any journals. Those to one journal land in their order. */
export async function landGroup(server: Server, rows: readonly CommitRow[], aheadMs: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const land = async ({ sql, columns, outcomes: read }: Way, places: readonly number[]): Promise<void> => {
    if (places.length === 0) return
    const values = columns.map(([name, type]) =>
      arrayColumn(
        type,
        places.map((place) => rows[place]?.[name] ?? null),
      ),
    )
    const answers = read(await server.query(sql, [aheadMs, ...values]), places.length)
    places.forEach((place, index) => {
      outcomes[place] = answers[index] ?? REFUSED
    })
  }
  const { onHeads, appends, others } = sortedOut(rows)
  await Promise.all([land(ON_HEADS, onHeads), land(APPEND, appends), land(EACH, others)])
  // An append that brings more than its entries was tried on the head it names; it may land on any.
  const left = onHeads.filter((place) => outcomes[place]?.how === 'refused' && rows[place]?.mode === 1)
  await land(EACH, left)
  return outcomes
}

interface Sorted {
  readonly onHeads: readonly number[]
  readonly appends: readonly number[]
  readonly others: readonly number[]
}

/** The places of commits, in the order of their keys. What shares a journal goes one way, or it would land out of turn. */
function sortedOut(rows: readonly CommitRow[]): Sorted {
  const order = [...rows.keys()].sort((one, other) => compare(rows[one], rows[other]) || one - other)
  const sorted = { onHeads: [] as number[], appends: [] as number[], others: [] as number[] }
  for (let from = 0, to = 0; from < order.length; from = to) {
    const key = rows[order[from] ?? 0]?.key
    while (to < order.length && rows[order[to] ?? 0]?.key === key) to += 1
    const places = order.slice(from, to)
    sorted[wayOf(places.flatMap((place) => rows[place] ?? []))].push(...places)
  }
  return sorted
}

/** Of commits to one journal. */
function wayOf(rows: readonly CommitRow[]): keyof Sorted {
  const areAppends = rows.every(({ mode, header, seal }) => mode === 1 && header === null && seal === null)
  if (areAppends) return new Set(rows.map(({ commitId }) => commitId)).size === rows.length ? 'appends' : 'others'
  const [only] = rows
  const changesTags = only !== undefined && only.givenVersion > 0 && only.header?.includes('"tagKeys"') === true
  return rows.length === 1 && !changesTags ? 'onHeads' : 'others'
}

function compare(one: CommitRow | undefined, other: CommitRow | undefined): number {
  const [left, right] = [one?.key ?? '', other?.key ?? '']
  return left < right ? -1 : left > right ? 1 : 0
}
