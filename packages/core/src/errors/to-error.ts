import { isNonRetryable } from './non-retryable-error.js'

/** What was thrown, as an `Error`. An `Error` is returned as it is; anything else becomes the `cause` of a new one. */
export function toError(thrown: unknown): Error {
  if (isError(thrown)) return thrown
  const error = new Error(describe(thrown), { cause: thrown })
  return isNonRetryable(thrown) ? Object.assign(error, { nonRetryable: true }) : error
}

/** The second test is for errors of another realm, such as a `vm` context. */
function isError(thrown: unknown): thrown is Error {
  return thrown instanceof Error || Object.prototype.toString.call(thrown) === '[object Error]'
}

function describe(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown
  if (typeof thrown !== 'object' || thrown === null) return `${String(thrown)} was thrown`
  try {
    const { message } = thrown as { readonly message?: unknown }
    return typeof message === 'string' ? message : `an object was thrown: ${JSON.stringify(thrown).slice(0, 500)}`
  } catch {
    return 'an object was thrown'
  }
}
