import { isWorkflowError, WorkflowError, type WorkflowErrorCode } from '@wf/core'

const UNKNOWN = 'whether this call had an effect is not known: repeat it, commits under the same commit ids'
const NOTHING_WRITTEN = 'nothing of this call was written, and it can be repeated'

type Advice = readonly [code: WorkflowErrorCode, advice: string]

/** What the first word of an error of the server means. */
const ADVICE: Readonly<Record<string, Advice>> = {
  READONLY: ['WF_STORAGE_UNAVAILABLE', `is a replica and cannot be written: point to the primary; ${NOTHING_WRITTEN}`],
  LOADING: ['WF_STORAGE_UNAVAILABLE', `is still loading its data; ${NOTHING_WRITTEN}`],
  OOM: ['WF_STORAGE_UNAVAILABLE', `has no memory left: raise "maxmemory" or delete ended runs; ${NOTHING_WRITTEN}`],
  MISCONF: ['WF_STORAGE_UNAVAILABLE', `cannot persist and so takes no writes: see its log; ${NOTHING_WRITTEN}`],
  NOREPLICAS: ['WF_STORAGE_UNAVAILABLE', `has fewer replicas than "min-replicas-to-write"; ${NOTHING_WRITTEN}`],
  MASTERDOWN: ['WF_STORAGE_UNAVAILABLE', `has lost its primary; ${NOTHING_WRITTEN}`],
  CLUSTERDOWN: ['WF_STORAGE_UNAVAILABLE', `is a cluster that is down; ${NOTHING_WRITTEN}`],
  TRYAGAIN: ['WF_STORAGE_UNAVAILABLE', `is moving slots between nodes; ${NOTHING_WRITTEN}`],
  BUSY: ['WF_STORAGE_UNAVAILABLE', `is busy with a script; ${NOTHING_WRITTEN}`],
  UNBLOCKED: ['WF_STORAGE_UNAVAILABLE', `was made a replica meanwhile; ${UNKNOWN}`],
  NOAUTH: ['WF_STORAGE', 'asks for a password: give one in the URL or the options of the connection'],
  WRONGPASS: ['WF_STORAGE', 'refuses the user or the password: give others'],
  NOPERM: ['WF_STORAGE', 'does not let this user run the command: see "Operation" in the README for what it needs'],
  WRONGTYPE: ['WF_STORAGE', 'holds something else under a key of this storage: use another `prefix`'],
  CROSSSLOT: ['WF_STORAGE', 'is a cluster behind something that does not route by slot: connect with a `Cluster`'],
  MOVED: ['WF_STORAGE', 'is part of a cluster: pass a `Cluster` as `client`'],
  NOPROTO: ['WF_STORAGE', 'does not speak the protocol that the client asks for: use protocol 2'],
}

const PASSWORDS: ReadonlySet<string> = new Set(['NOAUTH', 'WRONGPASS', 'NOPERM'])

/** Nobody gets in by waiting. */
export function isRefusal(error: unknown): boolean {
  const message = messageOf(error)
  return PASSWORDS.has(wordOf(message)) || /^ERR (invalid password|AUTH)/.test(message)
}

export function isNoScript(error: Error | null): boolean {
  return error?.message.startsWith('NOSCRIPT') === true
}

/** The one error that callers see: which server, what is wrong with it, and what to do. Other errors stay as they are. */
export function redisFailure(error: unknown, server: string): WorkflowError {
  if (isWorkflowError(error)) return error as WorkflowError
  const message = messageOf(error)
  const [code, advice] = adviceFor(message, error)
  return new WorkflowError(code, `${server} ${advice} (${message})`, { cause: new Error(message) })
}

/** A call that waited for long enough. */
export function tooLate(server: string, ms: number): WorkflowError {
  return new WorkflowError('WF_STORAGE_UNAVAILABLE', `${server} did not answer within ${ms} ms; ${UNKNOWN}`)
}

export function noConnection(server: string, cause: unknown): WorkflowError {
  if (isRefusal(cause)) return redisFailure(cause, server)
  const message = messageOf(cause)
  const text = `${server} cannot be reached; ${NOTHING_WRITTEN} (${message})`
  return new WorkflowError('WF_STORAGE_UNAVAILABLE', text, { cause: new Error(message) })
}

function adviceFor(message: string, error: unknown): Advice {
  const known = ADVICE[wordOf(message)]
  if (known !== undefined) return known
  if (isRefusal(error)) return ['WF_STORAGE', 'refuses the user or the password: give others']
  if (/user executing the script can't/.test(message)) return ADVICE.NOPERM ?? ['WF_STORAGE', 'refuses a command']
  // A script that was refused for want of memory, as older servers say it.
  if (message.includes('OOM command not allowed')) return ADVICE.OOM ?? ['WF_STORAGE_UNAVAILABLE', 'has no memory left']
  if (isReply(error)) return ['WF_STORAGE', 'refuses a command']
  return ['WF_STORAGE_UNAVAILABLE', `was cut off; ${UNKNOWN}`]
}

function isReply(error: unknown): boolean {
  return error instanceof Error && error.name === 'ReplyError'
}

/** Before version 7, what goes wrong in a script is quoted in an error of the script. */
function wordOf(message: string): string {
  return (
    (/^ERR Error running script .*@user_script: ?\d+: -([A-Z]+)/.exec(message) ?? /^([A-Z]+)/.exec(message))?.[1] ?? ''
  )
}

/** A primary that became a replica answers so; the name it is reached by leads to the new one. */
export function isReplica(error: Error): boolean {
  return wordOf(error.message) === 'READONLY'
}

/** Errors of the driver carry the command with its arguments, which may be values or a password: only their text goes on. */
function messageOf(error: unknown): string {
  const nested = lastNodeError(error)
  if (nested !== undefined) return messageOf(nested)
  const message = error instanceof Error ? error.message : String(error)
  return message.replace(/, with args beginning with:.*/s, '').replace(/\/\/[^@\s/]*@/g, '//')
}

/** A cluster that cannot be reached says so with what the last of its nodes said. */
function lastNodeError(error: unknown): unknown {
  return error instanceof Error && 'lastNodeError' in error ? (error.lastNodeError ?? undefined) : undefined
}
