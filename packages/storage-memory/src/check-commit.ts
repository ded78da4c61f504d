import { type Base, type Commit, type Entry, type HeaderFields, type JournalId, WorkflowError } from '@wf/core'

/** Refuses a commit that no state of any journal could accept. */
export function checkCommit(commit: Commit): void {
  checkJournalId(commit.journal)
  if (typeof commit.commitId !== 'string' || commit.commitId === '') {
    throw invalid('commitId', 'must be a string that is not empty')
  }
  checkBase(commit.base)
  if (!Array.isArray(commit.entries)) throw invalid('entries', 'must be an array')
  for (const entry of commit.entries) checkEntry(entry)
  if (commit.header !== undefined) checkFields(commit.header)
  checkWake(commit)
  if (commit.seal !== undefined && typeof commit.seal !== 'boolean') throw invalid('seal', 'must be true or false')
  if (commit.base === 'new' && !isWhole(commit.header)) throw incomplete(commit.journal)
}

export function checkJournalId(journal: JournalId): void {
  const { namespace, kind, id } = journal
  if (typeof namespace !== 'string') throw invalid('journal.namespace', 'must be a string')
  if (typeof id !== 'string') throw invalid('journal.id', 'must be a string')
  if (kind !== 'run' && kind !== 'mailbox' && kind !== 'schedule') {
    throw invalid('journal.kind', "must be 'run', 'mailbox' or 'schedule'")
  }
}

export function isWhole(header: Partial<HeaderFields> | undefined): header is HeaderFields {
  return (
    header?.status !== undefined &&
    header.workflowId !== undefined &&
    header.graphHash !== undefined &&
    header.workflowVersion !== undefined &&
    header.resourceId !== undefined &&
    header.tags !== undefined
  )
}

export function incomplete({ kind, id }: JournalId): WorkflowError {
  return invalid('header', `must give every field in the first commit of a journal (${kind} ${JSON.stringify(id)})`)
}

export function invalid(field: string, demand: string): WorkflowError {
  return new WorkflowError('WF_INVALID_OPTION', `"${field}" ${demand}`, { field })
}

function checkBase(base: Base): void {
  if (base === 'new') return
  if (typeof base !== 'object' || base === null) throw invalid('base', "must be a head, 'new' or { any: head }")
  const { version, commitId } = 'any' in base ? (base.any ?? {}) : base
  if (!Number.isSafeInteger(version) || version < 0) throw invalid('base.version', 'must be a whole number from 0 on')
  if (typeof commitId !== 'string') throw invalid('base.commitId', 'must be a string')
  if ((version === 0) !== (commitId === '')) throw invalid('base', 'has version 0 exactly when its commit id is empty')
}

function checkEntry({ type, fact, value }: Entry): void {
  if (type !== 'event' && type !== 'chunk') throw invalid('entry.type', "must be 'event' or 'chunk'")
  if (typeof fact !== 'string') throw invalid('entry.fact', 'must be a string')
  if (value === undefined || typeof value === 'string' || value instanceof Uint8Array) return
  throw invalid('entry.value', 'must be a string or a Uint8Array')
}

function checkFields(header: Partial<HeaderFields>): void {
  for (const name of ['status', 'workflowId', 'graphHash', 'workflowVersion'] as const) {
    if (header[name] !== undefined && typeof header[name] !== 'string')
      throw invalid(`header.${name}`, 'must be a string')
  }
  const { resourceId, tags } = header
  if (resourceId !== undefined && resourceId !== null && typeof resourceId !== 'string') {
    throw invalid('header.resourceId', 'must be a string or null')
  }
  if (tags !== undefined && !(Array.isArray(tags) && tags.every((tag) => typeof tag === 'string'))) {
    throw invalid('header.tags', 'must be an array of strings')
  }
}

function checkWake({ wakeInMs, wakeAt }: Commit): void {
  if (wakeInMs !== undefined && wakeAt !== undefined)
    throw invalid('wakeAt', 'cannot be given together with `wakeInMs`')
  if (wakeInMs !== undefined && wakeInMs !== null && !Number.isFinite(wakeInMs)) {
    throw invalid('wakeInMs', 'must be a finite number or null')
  }
  if (wakeAt !== undefined && !Number.isFinite(wakeAt)) throw invalid('wakeAt', 'must be a finite number')
}
