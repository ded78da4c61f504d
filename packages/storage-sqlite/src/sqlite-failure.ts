import { WorkflowError, type WorkflowErrorCode } from '@wf/core'

/** Result codes of SQLite, https://sqlite.org/rescode.html */
const PERM = 3
const BUSY = 5
const LOCKED = 6
const NOMEM = 7
const READONLY = 8
const IOERR = 10
const CORRUPT = 11
const FULL = 13
const CANTOPEN = 14
const PROTOCOL = 15
const TOOBIG = 18
const NOTADB = 26
/** The disk had no room for the index of the write-ahead log. */
const IOERR_SHMSIZE = IOERR | (19 << 8)

const AGAIN = 'nothing of this call was written, and it can be repeated'

const BROKEN: ReadonlySet<number> = new Set([PERM, NOMEM, READONLY, IOERR, CORRUPT, CANTOPEN, NOTADB])

/** What can be put right while the process goes on; engines try again until it is. */
const PASSING: ReadonlySet<number> = new Set([PERM, NOMEM, READONLY, IOERR, FULL, CANTOPEN])

/** Others have the file, or a race for its lock was lost: the same call may succeed a moment later. */
export function isBusy(error: unknown): boolean {
  const code = primary(error)
  return code === BUSY || code === LOCKED || code === PROTOCOL
}

/** What a connection knows may be wrong after this, so the next call opens the file anew. */
export function breaksConnection(error: unknown): boolean {
  return BROKEN.has(primary(error) ?? 0)
}

/** The one error that callers see: which file, what is wrong with it, and what to do. Other errors stay as they are. */
export function sqliteFailure(error: unknown, path: string): unknown {
  const code = primary(error)
  if (code === undefined) return error
  const reason = error instanceof Error ? error.message : String(error)
  const text = `the SQLite file ${JSON.stringify(path)} ${adviceFor(code, codeOf(error))} (SQLite: ${reason})`
  return new WorkflowError(workflowCodeFor(code), text, { cause: error })
}

export function lockedFor(ms: number, path: string, cause: unknown): WorkflowError {
  const text = `the SQLite file ${JSON.stringify(path)} was locked by another process for ${ms} ms: end whatever keeps it locked; ${AGAIN}`
  return new WorkflowError('WF_STORAGE_UNAVAILABLE', text, { cause })
}

/** The file was locked for as long as anybody waits. */
export function isLockTimeout(error: unknown): boolean {
  return error instanceof WorkflowError && isBusy(error.cause)
}

function workflowCodeFor(code: number): WorkflowErrorCode {
  if (code === TOOBIG) return 'WF_LIMIT'
  return PASSING.has(code) ? 'WF_STORAGE_UNAVAILABLE' : 'WF_STORAGE'
}

function adviceFor(code: number, extended: number | undefined): string {
  if (code === FULL || extended === IOERR_SHMSIZE) return `has no room left: make space on its disk; ${AGAIN}`
  if (code === READONLY || code === PERM) {
    return `cannot be written: let this process write the file and its folder, in which SQLite keeps two more files; ${AGAIN}`
  }
  if (code === CANTOPEN) return 'cannot be opened: give a path in a folder that exists and that this process may write'
  if (code === NOTADB) return 'is no SQLite database, or an encrypted one: give another path, or restore the file'
  if (code === CORRUPT) return 'is damaged: restore it from a backup'
  if (code === IOERR) return 'could not be read or written: check its disk; whether this call was written is not known'
  if (code === TOOBIG) return 'cannot hold a row of this size: make commits smaller'
  return 'failed'
}

function primary(error: unknown): number | undefined {
  const code = codeOf(error)
  return code === undefined ? undefined : code & 0xff
}

function codeOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { code, errcode } = error as { readonly code?: unknown; readonly errcode?: unknown }
  return code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number' ? errcode : undefined
}
