import { checkJournalId, invalidField } from './check-commit.js'
import type { Beat, Checkpoint, DeleteQuery, DueQuery, ListQuery, Read } from './storage.js'

/** What a storage refuses whatever it holds; `checkCommit` is the same for commits. */
export function checkRead({ journal, after, limit }: Read): void {
  checkJournalId(journal)
  if (after !== undefined) checkCount('after', after)
  if (limit !== undefined) checkCount('limit', limit)
}

export function checkCheckpoint({ journal, state }: Checkpoint): void {
  checkJournalId(journal)
  if (typeof state === 'string' || state instanceof Uint8Array) return
  throw invalidField('state', 'must be a string or bytes')
}

export function checkDueQuery({ limit, holdMs }: DueQuery): void {
  checkCount('limit', limit)
  checkDuration('holdMs', holdMs)
}

export function checkBeat({ session, ttlMs }: Beat): void {
  if (typeof session !== 'string' || session === '') {
    throw invalidField('session', 'must be a string that is not empty')
  }
  checkDuration('ttlMs', ttlMs)
}

export function checkListQuery({ limit }: ListQuery): void {
  checkCount('limit', limit)
}

export function checkDeleteQuery(query: DeleteQuery): void {
  if ('journal' in query) checkJournalId(query.journal)
  else checkCount('limit', query.limit)
}

function checkCount(field: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw invalidField(field, 'must be a whole number from 0 on')
}

function checkDuration(field: string, value: number): void {
  if (!Number.isFinite(value) || value < 0) throw invalidField(field, 'must be a finite number from 0 on')
}
