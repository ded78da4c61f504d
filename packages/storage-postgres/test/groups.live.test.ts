import { type Base, type Commit, type Committed, type Head, type Header, ORIGIN, type Storage } from '@wf/core'
import { expect, it } from 'vitest'
import { arrayColumn, type ColumnCell, type ColumnType } from '../src/array-column.js'
import { HEADER, opened, outside, run } from './given.js'

const CALLS = 20
const COMMITS = 24
const JOURNALS = Array.from({ length: 40 }, (_, index) => `journal-${index}`)

/** Numbers that look random, the same ones each time. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Any commit that may be made: to journals that are there or not, on the head, behind it, on any, said twice. */
function commitsFrom(below: (below: number) => number, heads: ReadonlyMap<string, readonly Head[]>): Commit[] {
  const any = <Item>(...items: readonly [Item, ...Item[]]): Item => items[below(items.length)] ?? items[0]
  const made: Commit[] = []
  while (made.length < COMMITS) {
    const id = any('journal-0', ...JOURNALS)
    const known = heads.get(id) ?? []
    const head = known[Math.max(0, known.length - any(1, 1, 1, 2, 4))]
    const header = any({}, {}, { header: { status: `status-${below(3)}` } }, { header: { tags: [`tag-${below(3)}`] } })
    const begins = { header: { ...HEADER, tags: any([], ['red', `tag-${below(3)}`]) } }
    made.push({
      journal: run(id),
      commitId: `commit-${below(1e9)}`,
      base: any<Base>(head ?? 'new', head ?? 'new', { any: head ?? ORIGIN }),
      entries: [{ type: 'event', fact: `"${id}\\`, ...any({}, { value: 'ü✓{,}"\0' }) }],
      ...(head === undefined ? begins : header),
      ...any({}, {}, { wakeAt: 1 + below(9_000) }, { wakeInMs: null }),
      ...any({}, {}, {}, {}, {}, { seal: true }, { seal: false }),
    })
    if (below(9) === 0) made.push(any(...(made as [Commit])))
  }
  return made
}

const timeless = ({ createdAt: _, updatedAt: __, ...header }: Header) => header

function answerOf(answer: Committed): unknown {
  if (answer.status !== 'committed') return answer.status
  const { head, missed } = answer
  return { head, missed: missed.map(({ version, commitId, entries }) => [version, commitId, entries]) }
}

async function listed(storage: Storage, tag?: string): Promise<readonly unknown[]> {
  const tags = tag === undefined ? {} : { tags: [tag] }
  const { rows } = await storage.list({ namespace: 'n', kind: 'run', limit: 100, ...tags })
  return rows.map(timeless).sort((one, other) => (one.journal.id < other.journal.id ? -1 : 1))
}

it.for([1, 2])('commits of one call land as they do one by one (seed %i)', { timeout: 60_000 }, async (seed) => {
  const [together, each] = [opened(), opened()]
  const below = numbersFrom(seed)
  const heads = new Map<string, readonly Head[]>()
  const seen = new Set<string>()
  for (let calls = 0; calls < CALLS; calls += 1) {
    const commits = commitsFrom(below, heads)
    const expected: Committed[] = []
    for (const commit of commits) expected.push(...(await each.commit([commit])))
    const answers = await together.commit(commits)
    // What landed later in the call may be told of as well, by whoever was refused before it.
    expect(answers.map(answerOf)).toEqual(expected.map(answerOf))
    for (const [index, answer] of expected.entries()) {
      seen.add(answer.status)
      const { id } = commits[index]?.journal ?? run('')
      if (answer.status === 'committed') heads.set(id, [...(heads.get(id) ?? []), answer.head])
    }
  }
  expect([...seen]).toEqual(expect.arrayContaining(['committed', 'exists', 'stale', 'sealed']))
  const ids = JOURNALS.map((id) => ({ journal: run(id), withValues: true }))
  const [left, right] = [await together.load(ids), await each.load(ids)]
  const told = (slices: typeof left) => slices.map((slice) => slice?.commits.map(({ at: _, ...commit }) => commit))
  expect(told(left)).toEqual(told(right))
  for (const tag of [undefined, 'red', 'tag-1']) expect(await listed(together, tag)).toEqual(await listed(each, tag))
})

it.for<[ColumnType, readonly ColumnCell[]]>([
  ['text', ['', '{,}"\\ü✓', null]],
  ['jsonb', ['{"a": 1}', null]],
  ['uuid', ['00112233-4455-6677-8899-aabbccddeeff']],
  ['boolean', [true, false, null]],
  ['smallint', [0, -1, 2]],
  ['bigint', [0, Number.MAX_SAFE_INTEGER, null]],
  ['double precision', [0.1, -1e300, null]],
])('an array of %s arrives as it is', async ([type, cells]) => {
  const sent = cells.map((cell) => (type === 'uuid' ? String(cell).replaceAll('-', '') : cell))
  const sql = `select x::text as cell from unnest($1::${type}[]) with ordinality as u(x, place) order by place`
  const { rows } = await outside.query<{ cell: string | null }>(sql, [arrayColumn(type, sent)])
  expect(rows.map(({ cell }) => cell)).toEqual(cells.map((cell) => (cell === null ? null : String(cell))))
})
