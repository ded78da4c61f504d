import { WorkflowError } from '../errors/index.js'
import type { Base, Commit, Entry, HeaderFields, JournalId, StoredValue } from './journal.js'

/** Refuses a commit that no state of any journal could accept, or that is larger than the storage takes. */
export function checkCommit(commit: Commit, maxCommitBytes?: number): void {
  checkJournalId(commit.journal)
  if (typeof commit.commitId !== 'string' || commit.commitId === '') {
    throw invalidField('commitId', 'must be a string that is not empty')
  }
  checkBase(commit.base)
  if (!Array.isArray(commit.entries)) throw invalidField('entries', 'must be an array')
  for (const entry of commit.entries) checkEntry(entry)
  if (commit.header !== undefined) checkFields(commit.header)
  checkWake(commit)
  if (commit.seal !== undefined && typeof commit.seal !== 'boolean') throw invalidField('seal', 'must be true or false')
  if (commit.base === 'new' && !isWholeHeader(commit.header)) throw incompleteHeader(commit.journal)
  if (maxCommitBytes !== undefined) checkSize(commit, maxCommitBytes)
}

/** Whether the commit begins its journal when there is none; it then has to bring a whole header. */
export function mayCreate({ base }: Commit): boolean {
  if (base === 'new') return true
  return ('any' in base ? base.any : base).version === 0
}

export function checkJournalId(journal: JournalId): void {
  const { namespace, kind, id } = journal
  if (typeof namespace !== 'string') throw invalidField('journal.namespace', 'must be a string')
  if (typeof id !== 'string') throw invalidField('journal.id', 'must be a string')
  if (kind !== 'run' && kind !== 'mailbox' && kind !== 'schedule' && kind !== 'gate') {
    throw invalidField('journal.kind', "must be 'run', 'mailbox', 'schedule' or 'gate'")
  }
}

export function isWholeHeader(header: Partial<HeaderFields> | undefined): header is HeaderFields {
  return (
    header?.status !== undefined &&
    header.workflowId !== undefined &&
    header.graphHash !== undefined &&
    header.workflowVersion !== undefined &&
    header.resourceId !== undefined &&
    header.tags !== undefined
  )
}

export function incompleteHeader({ kind, id }: JournalId): WorkflowError {
  return invalidField(
    'header',
    `must give every field in the first commit of a journal (${kind} ${JSON.stringify(id)})`,
  )
}

export function invalidField(field: string, demand: string): WorkflowError {
  return new WorkflowError('WF_INVALID_OPTION', `"${field}" ${demand}`, { field })
}

function checkBase(base: Base): void {
  if (base === 'new') return
  if (typeof base !== 'object' || base === null) throw invalidField('base', "must be a head, 'new' or { any: head }")
  const { version, commitId } = 'any' in base ? (base.any ?? {}) : base
  if (!Number.isSafeInteger(version) || version < 0)
    throw invalidField('base.version', 'must be a whole number from 0 on')
  if (typeof commitId !== 'string') throw invalidField('base.commitId', 'must be a string')
  if ((version === 0) !== (commitId === ''))
    throw invalidField('base', 'has version 0 exactly when its commit id is empty')
}

function checkEntry({ type, fact, value }: Entry): void {
  if (type !== 'event' && type !== 'chunk') throw invalidField('entry.type', "must be 'event' or 'chunk'")
  if (typeof fact !== 'string') throw invalidField('entry.fact', 'must be a string')
  if (value === undefined || typeof value === 'string' || value instanceof Uint8Array) return
  throw invalidField('entry.value', 'must be a string or a Uint8Array')
}

function checkFields(header: Partial<HeaderFields>): void {
  for (const name of ['status', 'workflowId', 'graphHash', 'workflowVersion'] as const) {
    if (header[name] !== undefined && typeof header[name] !== 'string')
      throw invalidField(`header.${name}`, 'must be a string')
  }
  const { resourceId, tags } = header
  if (resourceId !== undefined && resourceId !== null && typeof resourceId !== 'string') {
    throw invalidField('header.resourceId', 'must be a string or null')
  }
  if (tags !== undefined && !(Array.isArray(tags) && tags.every((tag) => typeof tag === 'string'))) {
    throw invalidField('header.tags', 'must be an array of strings')
  }
}

function checkWake({ wakeInMs, wakeAt }: Commit): void {
  if (wakeInMs !== undefined && wakeAt !== undefined)
    throw invalidField('wakeAt', 'cannot be given together with `wakeInMs`')
  if (wakeInMs !== undefined && wakeInMs !== null && !Number.isFinite(wakeInMs)) {
    throw invalidField('wakeInMs', 'must be a finite number or null')
  }
  if (wakeAt !== undefined && !Number.isFinite(wakeAt)) throw invalidField('wakeAt', 'must be a finite number')
}

/** A UTF-16 unit takes at most this many bytes of UTF-8. */
const MOST_BYTES_PER_UNIT = 3

function checkSize({ entries, journal }: Commit, maxCommitBytes: number): void {
  let most = 0
  for (const { fact, value } of entries) most += (fact.length + (value?.length ?? 0)) * MOST_BYTES_PER_UNIT
  if (most <= maxCommitBytes) return
  let bytes = 0
  for (const { fact, value } of entries) bytes += sizeOf(fact) + (value === undefined ? 0 : sizeOf(value))
  if (bytes <= maxCommitBytes) return
  throw new WorkflowError(
    'WF_LIMIT',
    `a commit to ${journal.kind} ${JSON.stringify(journal.id)} has ${bytes} bytes of facts and values, more than the ${maxCommitBytes} allowed: split it`,
  )
}

function sizeOf(value: StoredValue): number {
  return typeof value === 'string' ? Buffer.byteLength(value) : value.byteLength
}
