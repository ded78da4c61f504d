import assert from 'node:assert/strict'
import {
  type Base,
  type Commit,
  type Committed,
  type Entry,
  type Head,
  type HeaderFields,
  isWorkflowError,
  type JournalId,
  type Read,
  type Slice,
  type Storage,
  type WorkflowErrorCode,
} from '@wf/core'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export const NAMESPACE = 'parity'

export const HEADER: HeaderFields = {
  status: 'running',
  workflowId: 'order',
  graphHash: 'graph-1',
  workflowVersion: '',
  resourceId: null,
  tags: [],
}

export type Landed = Extract<Committed, { status: 'committed' }>

let made = 0

/** Never the same twice, so that what was written by one commit is told from what another one wrote. */
export function unique(name: string): string {
  made += 1
  return `${name}-${made}`
}

export function run(id: string, namespace = NAMESPACE): JournalId {
  return { namespace, kind: 'run', id }
}

export function event(fact = unique('noted')): Entry {
  return { type: 'event', fact }
}

/** A commit with one entry of its own and a new id, unless told otherwise. The first one of a journal brings a whole header. */
export function draft(journal: JournalId, base: Base, more: Partial<Commit> = {}): Commit {
  const first = base === 'new' ? { header: HEADER } : {}
  return { journal, commitId: unique('commit'), base, entries: [event()], ...first, ...more }
}

export async function commitOne(storage: Storage, commit: Commit): Promise<Committed> {
  const answers = await storage.commit([commit])
  const [answer] = answers
  assert.equal(answers.length, 1, 'one commit has one answer')
  assert.ok(answer, 'the answer to the commit is missing')
  return answer
}

export async function landOne(storage: Storage, commit: Commit): Promise<Landed> {
  const answer = await commitOne(storage, commit)
  if (answer.status !== 'committed') assert.fail(`the commit was answered with "${answer.status}" instead of landing`)
  return answer
}

/** A new journal of one commit; the answer is its head. */
export async function begin(storage: Storage, journal: JournalId, more: Partial<Commit> = {}): Promise<Head> {
  const { head } = await landOne(storage, draft(journal, 'new', more))
  return head
}

/** A new journal of so many commits; the answer are its heads, oldest first. */
export async function beginWith(storage: Storage, journal: JournalId, count: number): Promise<readonly Head[]> {
  const heads = [await begin(storage, journal)]
  while (heads.length < count) {
    const { head } = await landOne(storage, draft(journal, heads.at(-1) ?? 'new'))
    heads.push(head)
  }
  return heads
}

export async function find(storage: Storage, read: Read): Promise<Slice | undefined> {
  const answers = await storage.load([read])
  assert.equal(answers.length, 1, 'one read has one answer')
  return answers[0]
}

export async function read(storage: Storage, journal: JournalId, more: Partial<Read> = {}): Promise<Slice> {
  const slice = await find(storage, { journal, ...more })
  assert.ok(slice, `the journal ${JSON.stringify(journal)} is not there`)
  return slice
}

export async function factsOf(storage: Storage, journal: JournalId): Promise<readonly string[]> {
  const { commits } = await read(storage, journal)
  return commits.flatMap(({ entries }) => entries.map(({ fact }) => fact))
}

export async function refused(work: () => Promise<unknown>, code: WorkflowErrorCode, what: string): Promise<void> {
  let promise: Promise<unknown>
  try {
    promise = work()
  } catch (thrown) {
    assert.fail(`${what}: thrown before there was a promise (${String(thrown)})`)
  }
  const outcome = await promise.then(
    () => 'accepted',
    (error: unknown) => (isWorkflowError(error, code) ? code : `rejected with ${String(error)}`),
  )
  assert.equal(outcome, code, what)
}

export function item<Item>(list: readonly Item[], index: number): Item {
  const found = list[index]
  assert.ok(found !== undefined, `item ${index} is missing, of ${list.length}`)
  return found
}

export function sorted(ids: Iterable<string>): string[] {
  return [...ids].sort()
}
