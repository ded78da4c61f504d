import type { Entry, PickedValue, Read, Slice, StoredCommit } from '@wf/core'
import { HEADER, headerOf } from './header.js'
import { journalKey } from './journal-key.js'
import { plainBytes, unpackEntries } from './pack-entries.js'
import type { Row, Server } from './server.js'
import { given } from './text.js'

/** So many reads are one statement. */
const MOST_READS = 200

/** What a row is: they come mixed, as one statement sees one moment. */
const JOURNAL = 0
const CHECKPOINT = 1
const COMMIT = 2
const PICKED = 3

const BYTES = (bytes: string): string => `encode(${bytes}, 'base64')`
const WITHIN = 'r.most_bytes >= coalesce(octet_length(c.texts), 0) + coalesce(octet_length(c.bytes), 0)'

/** Values are fetched from where large ones lie only for rows that bring them. */
const LOAD = `with r as (
    select * from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::boolean[])
      with ordinality as r(key, after, most, most_bytes, from_checkpoint, place)
  ), f as (
    select r.*, h.number, h.version, h.commit_id, h.at, ${HEADER} as header,
      c.version as saved, c.commit_id as saved_id, c.text as saved_text, c.bytes as saved_bytes
    from r join {schema}.heads h on h.key = r.key join {schema}.journals j on j.number = h.number
    left join {schema}.checkpoints c on r.from_checkpoint and c.journal = h.number and c.version > r.after
  )
  select place, ${JOURNAL} as part, version, commit_id, at, header as facts, null as texts, null as bytes from f
  union all
  select place, ${CHECKPOINT}, saved, saved_id, 0, '', saved_text, ${BYTES('saved_bytes')} from f where saved is not null
  union all
  select r.place, ${COMMIT}, c.version, c.commit_id, c.at, c.facts,
    case when ${WITHIN} then c.texts end, case when ${WITHIN} then ${BYTES('c.bytes')} end
  from f r cross join lateral (
    select * from {schema}.commits c where c.journal = r.number and c.version > coalesce(r.saved, r.after)
    order by c.version limit r.most
  ) c
  union all
  select f.place, ${PICKED}, c.version, '', 0, c.facts, c.texts, ${BYTES('c.bytes')}
  from unnest($6::bigint[], $7::bigint[]) as p(place, version) join f on f.place = p.place
  join {schema}.commits c on c.journal = f.number and c.version = p.version`

export interface Reading extends Omit<Read, 'withValues' | 'journal'> {
  /** Of the journal. */
  readonly key: string
  /** Values of commits that have more than so many bytes of them stay away. */
  readonly mostBytes: number
}

/** `atLeast` asks for nothing: what is read is the primary, which knows all that was answered. */
export async function loadJournals(server: Server, reads: readonly Read[]): Promise<(Slice | undefined)[]> {
  const slices: (Slice | undefined)[] = []
  for (let from = 0; from < reads.length; from += MOST_READS) {
    const some = reads.slice(from, from + MOST_READS)
    const readings = some.map((read) => ({
      ...read,
      key: journalKey(read.journal),
      mostBytes: read.withValues === true ? Number.MAX_SAFE_INTEGER : -1,
    }))
    slices.push(...(await loadSome(server, readings)))
  }
  return slices
}

const THERE = 'select 1 from {schema}.heads where key = $1'

export async function isThere(server: Server, key: string): Promise<boolean> {
  return (await server.query(THERE, [key])).length > 0
}

export async function loadSome(server: Server, reads: readonly Reading[]): Promise<(Slice | undefined)[]> {
  const picks = reads.flatMap(({ pick = [] }, index) =>
    [...new Set(pick.map(({ version }) => version))].map((version) => ({ place: index + 1, version })),
  )
  const rows = await server.query(LOAD, [
    reads.map(({ key }) => key),
    reads.map(({ after = 0 }) => after),
    reads.map(({ limit = null }) => limit),
    reads.map(({ mostBytes }) => mostBytes),
    reads.map(({ fromCheckpoint = false }) => fromCheckpoint),
    picks.map(({ place }) => place),
    picks.map(({ version }) => version),
  ])
  const found = reads.map((): Row[] => [])
  for (const row of rows) found[Number(row[0]) - 1]?.push(row)
  return reads.map((read, index) => sliceOf(read, found[index] ?? []))
}

function sliceOf(read: Reading, rows: readonly Row[]): Slice | undefined {
  let row: Row | undefined
  let checkpoint: Slice['checkpoint']
  const commits: StoredCommit[] = []
  const entries = new Map<number, readonly Entry[]>()
  for (const one of rows) {
    if (one[1] === JOURNAL) row = one
    else if (one[1] === CHECKPOINT) checkpoint = { head: headOf(one), state: stateOf(one) }
    else if (one[1] === COMMIT) commits.push({ ...headOf(one), at: Number(one[4]), entries: entriesOf(one) })
    else entries.set(Number(one[2]), entriesOf(one))
  }
  if (row === undefined) return undefined
  const head = headOf(row)
  const from = checkpoint?.head.version ?? read.after ?? 0
  const slice: Slice = {
    header: headerOf(String(row[5])),
    commits: inOrder(commits),
    more: from + commits.length < head.version,
    picked: pickedOf(read, entries),
  }
  return checkpoint === undefined ? slice : { ...slice, checkpoint }
}

/** They come so, but no statement that is put together promises that. */
function inOrder(commits: StoredCommit[]): StoredCommit[] {
  const isSorted = commits.every(({ version }, index) => version > (commits[index - 1]?.version ?? 0))
  return isSorted ? commits : commits.sort((one, other) => one.version - other.version)
}

function pickedOf({ pick = [] }: Reading, entries: ReadonlyMap<number, readonly Entry[]>): PickedValue[] {
  return pick.flatMap(({ version, index }) => {
    const entry = entries.get(version)?.[index]
    return entry?.value === undefined ? [] : [{ version, index, fact: entry.fact, value: entry.value }]
  })
}

const headOf = (row: Row) => ({ version: Number(row[2]), commitId: given(String(row[3])) })

const textAt = (row: Row, index: number): string | null => (row[index] === null ? null : String(row[index]))

const entriesOf = (row: Row): Entry[] =>
  unpackEntries({ facts: String(row[5]), texts: textAt(row, 6), bytes: textAt(row, 7) })

function stateOf(row: Row) {
  const bytes = textAt(row, 7)
  return bytes === null ? given(textAt(row, 6) ?? '') : plainBytes(bytes)
}
