import { WorkflowError, type WorkflowErrorCode } from '@wf/core'

/** What a failure means to callers. States of SQL: https://www.postgresql.org/docs/current/errcodes-appendix.html */
interface Meaning {
  readonly code: WorkflowErrorCode
  /** Behind the name of the server. */
  readonly says: string
}

const AGAIN = 'nothing of this call was written, and it can be repeated'
const UNKNOWN = 'whether this call was written is not known; repeat it under the same commit ids'

const away = (says: string): Meaning => ({ code: 'WF_STORAGE_UNAVAILABLE', says })

const MEANINGS: Readonly<Record<string, Meaning>> = {
  '53300': away(
    `has no connection left: raise max_connections, use a pooler, or give the storages smaller pools; ${AGAIN}`,
  ),
  '53100': away(`has no room left: make space on its disk; ${AGAIN}`),
  '53200': away(`has not enough memory for this call; ${AGAIN}`),
  '25006': away(`does not write, as a standby or after a failover: ${AGAIN} once the name leads to the primary`),
  '57014': away(`took longer than its statement_timeout allows: raise that, or make calls smaller; ${AGAIN}`),
  '55P03': away(`kept a lock for longer than its lock_timeout allows; ${AGAIN}`),
  '40001': away(`rolled this call back for others, again and again; ${AGAIN}`),
  '40P01': away(`rolled this call back for others, again and again; ${AGAIN}`),
  '42501': away(`does not permit this: grant the user of the storage what its README names; ${AGAIN}`),
  '28P01': away('does not accept this user and password'),
  '28000': away('does not let this user in'),
  '3D000': away('has no such database: create it, or give another one'),
  '26000': {
    code: 'WF_STORAGE',
    says: 'does not know a prepared statement: behind a pooler, give the storage `prepare: false`',
  },
  '42P05': {
    code: 'WF_STORAGE',
    says: 'knows a prepared statement already: behind a pooler, give the storage `prepare: false`',
  },
  '54000': { code: 'WF_LIMIT', says: 'cannot hold a row of this size: make commits smaller' },
}

/** By the first two characters of a state. */
const CLASSES: Readonly<Record<string, Meaning>> = {
  '08': away(`broke the connection: ${UNKNOWN}`),
  '57': away(`is stopping or starting: ${UNKNOWN}`),
  '53': away(`has not enough of something; ${AGAIN}`),
  '58': away(`could not read or write its files: ${UNKNOWN}`),
  XX: { code: 'WF_STORAGE', says: 'found its data damaged: restore it from a backup' },
}

/** The one error that callers see: which server, what is wrong with it, and what to do. Our own errors stay as they are. */
export function postgresFailure(error: unknown, server: string): WorkflowError {
  if (error instanceof WorkflowError) return error
  const state = stateOf(error)
  const { code, says } = meaningOf(state)
  const text = `the Postgres server ${server} ${says} (${state === undefined ? '' : `${state}: `}${reasonOf(error)})`
  return new WorkflowError(code, text, { cause: error })
}

function meaningOf(state: string | undefined): Meaning {
  if (state === undefined) return away(`cannot be reached: ${UNKNOWN}`)
  return MEANINGS[state] ?? CLASSES[state.slice(0, 2)] ?? { code: 'WF_STORAGE', says: 'failed' }
}

/** The server has undone it for the sake of others, so it may be done again. */
export function isRolledBack(error: unknown): boolean {
  const state = stateOf(error)
  return state === '40001' || state === '40P01'
}

/** Of these the statement was not refused: the connection or the server has gone, or is in no state to write anything. */
const BEYOND_THE_STATEMENT = /^(08|57P|58|25006|XX)/

/** The server itself refused the statement, so nothing of it was written, and others may do better. */
export function isRefusal(error: unknown): boolean {
  const state = stateOf(error instanceof WorkflowError ? error.cause : error)
  // The severity says the same in the language of the server.
  return state !== undefined && !BEYOND_THE_STATEMENT.test(state)
}

/** What failed on this connection would fail on it again. */
export function spoilsConnection(error: unknown): boolean {
  const state = stateOf(error)
  return state === undefined || state === '25006' || state.startsWith('08') || state.startsWith('57P')
}

const STATE = /^[0-9A-Z]{5}$/

function stateOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('severity' in error)) return undefined
  const { code } = error as { readonly code?: unknown }
  return typeof code === 'string' && STATE.test(code) ? code : undefined
}

/** Of several addresses that were tried, what each of them came to. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return [...new Set(error.errors.map(reasonOf))].join('; ')
  return error instanceof Error ? error.message : 'unknown reason'
}
