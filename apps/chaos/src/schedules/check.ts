import type { Header, JournalId, Storage, StoredCommit } from '@wf/core'
import type { Member } from './crew.ts'
import { SCHEDULES, type Slot } from './expected-slots.ts'

export interface Course {
  readonly storage: Storage
  /** Those that there should be. */
  readonly slots: readonly Slot[]
  /** By run, whoever began its body. */
  readonly begins: ReadonlyMap<string, readonly Member[]>
  /** Slots at whose moment somebody was killed, or nobody was there. */
  readonly disturbed: ReadonlySet<number>
}

export interface Found {
  readonly runs: number
  /** Runs of each schedule. */
  readonly of: Readonly<Record<string, number>>
  /** Bodies that were begun again. */
  readonly again: number
  /** From a slot to the begin of its run, by the clock of the storage. */
  readonly lateMs: { readonly median: number; readonly undisturbed: number; readonly max: number }
  /** In sentences; nothing, when each slot has its run, and no other run is there. */
  readonly wrong: readonly string[]
}

interface Fact {
  readonly type: string
  readonly slot?: number
  readonly run?: string
  readonly status?: string
}

/** Reads what is in the storage, not what processes have said, and compares it with what there should be. */
export async function check({ storage, slots, begins, disturbed }: Course): Promise<Found> {
  const bySchedule = Map.groupBy(slots, ({ schedule }) => schedule)
  const runs = await headers(storage, 'run')
  const schedules = await headers(storage, 'schedule')
  const wrong = [
    ...compared(runs, slots),
    ...unlike(
      'schedules',
      schedules.map(({ journal }) => journal.id),
      SCHEDULES,
    ),
  ]
  for (const { journal } of runs) wrong.push(...wrongInRun(journal.id, await factsOf(storage, journal)))
  for (const { journal } of schedules) {
    wrong.push(...wrongInSchedule(journal.id, await factsOf(storage, journal), bySchedule.get(journal.id) ?? []))
  }
  for (const [run, members] of begins) wrong.push(...unexplained(run, members))
  const again = [...begins.values()].reduce((sum, members) => sum + members.length - 1, 0)
  const of = Object.fromEntries(SCHEDULES.map((id) => [id, runs.filter(isOf(id)).length]))
  return { runs: runs.length, of, again, lateMs: lateness(runs, slots, disturbed), wrong }
}

const isOf =
  (schedule: string) =>
  ({ journal }: Header): boolean =>
    journal.id.startsWith(`sched:${schedule}:`)

async function headers(storage: Storage, kind: JournalId['kind']): Promise<readonly Header[]> {
  const found: Header[] = []
  let cursor: string | undefined
  do {
    const page = await storage.list({
      namespace: 'default',
      kind,
      limit: 1_000,
      ...(cursor !== undefined && { cursor }),
    })
    found.push(...page.rows)
    cursor = page.next
  } while (cursor !== undefined)
  return found
}

async function factsOf(storage: Storage, journal: JournalId): Promise<readonly Fact[]> {
  const commits: StoredCommit[] = []
  for (;;) {
    const [slice] = await storage.load([{ journal, after: commits.at(-1)?.version ?? 0 }])
    commits.push(...(slice?.commits ?? []))
    if (!slice?.more) break
  }
  return commits.flatMap(({ entries }) => entries.map(({ fact }) => JSON.parse(fact) as Fact))
}

function compared(runs: readonly Header[], slots: readonly Slot[]): readonly string[] {
  const slotOf = new Map(slots.map((slot) => [slot.run, slot]))
  const early = runs.filter(({ journal, createdAt }) => createdAt < (slotOf.get(journal.id)?.at ?? 0))
  return [
    ...unlike(
      'runs',
      runs.map(({ journal }) => journal.id),
      [...slotOf.keys()],
    ),
    ...early.map(
      ({ journal, createdAt }) => `run "${journal.id}" was begun early, at ${new Date(createdAt).toISOString()}`,
    ),
  ]
}

/** What is there and should not be, or is there twice, and what is missing. */
function unlike(what: string, found: readonly string[], expected: readonly string[]): readonly string[] {
  const counts = new Map([...Map.groupBy(found, (id) => id)].map(([id, some]) => [id, some.length]))
  const wanted = new Set(expected)
  return [
    ...[...counts].filter(([, count]) => count > 1).map(([id, count]) => `${what}: "${id}" is there ${count} times`),
    ...[...counts.keys()].filter((id) => !wanted.has(id)).map((id) => `${what}: "${id}" should not be there`),
    ...expected.filter((id) => !counts.has(id)).map((id) => `${what}: "${id}" is missing`),
  ]
}

function wrongInRun(run: string, facts: readonly Fact[]): readonly string[] {
  const starts = facts.filter(({ type }) => type === 'run-started').length
  const ends = facts.filter(({ type }) => type === 'run-ended').map(({ status }) => status)
  const isRight = starts === 1 && ends.length === 1 && ends[0] === 'success'
  return isRight ? [] : [`run "${run}" has ${starts} starts and ended ${ends.join() || 'never'}`]
}

/** Each slot is recorded once, in its order, and none as left out. */
function wrongInSchedule(id: string, facts: readonly Fact[], slots: readonly Slot[]): readonly string[] {
  const skipped = facts.filter(({ type }) => type === 'schedule-skipped')
  const fired = facts.filter(({ type }) => type === 'schedule-fired').map(({ run = '' }) => run)
  return [
    ...skipped.map(({ slot }) => `schedule "${id}" has left out ${slot}`),
    ...unlike(
      `what "${id}" has fired`,
      fired,
      slots.map(({ run }) => run),
    ),
    ...(fired.join() === [...fired].sort().join() ? [] : [`schedule "${id}" has not fired in order`]),
  ]
}

/** Whoever was not killed has not begun in vain. */
function unexplained(run: string, members: readonly Member[]): readonly string[] {
  const lived = members.filter(({ wasKilled }) => !wasKilled).length
  return lived > 1 ? [`run "${run}": ${lived} processes that lived began its body`] : []
}

function lateness(runs: readonly Header[], slots: readonly Slot[], disturbed: ReadonlySet<number>): Found['lateMs'] {
  const slotOf = new Map(slots.map((slot) => [slot.run, slot.at]))
  const late = runs.map(({ journal, createdAt }) => {
    const at = slotOf.get(journal.id) ?? createdAt
    return { ms: createdAt - at, isDisturbed: disturbed.has(at) }
  })
  late.sort((one, other) => one.ms - other.ms)
  return {
    median: late[Math.floor(late.length / 2)]?.ms ?? 0,
    undisturbed: late.findLast(({ isDisturbed }) => !isDisturbed)?.ms ?? 0,
    max: late.at(-1)?.ms ?? 0,
  }
}
