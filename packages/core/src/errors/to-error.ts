import { holds } from './holds.js'
import { isNonRetryable } from './non-retryable-error.js'

/** What was thrown, as an `Error`. An `Error` that can be read is returned as it is; anything else becomes the `cause` of one. */
export function toError(thrown: unknown): Error {
  if (isError(thrown) && holds(() => isText(thrown.name) && isText(thrown.message))) return thrown
  const error = new Error(describe(thrown), { cause: thrown })
  return isNonRetryable(thrown) ? Object.assign(error, { nonRetryable: true }) : error
}

/** The second test is for errors of another realm, such as a `vm` context. */
function isError(thrown: unknown): thrown is Error {
  return holds(() => thrown instanceof Error || Object.prototype.toString.call(thrown) === '[object Error]')
}

/** Of whatever can be shown; throws for the rest. */
const isText = (part: unknown): boolean => typeof String(part) === 'string'

function describe(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown
  try {
    // As decimal digits a large one takes longer than anybody waits.
    if (typeof thrown === 'bigint' && BigInt.asIntN(1_000, thrown) !== thrown) return 'a large bigint was thrown'
    if (typeof thrown !== 'object' || thrown === null) return `${String(thrown)} was thrown`
    const { message } = thrown as { readonly message?: unknown }
    return typeof message === 'string' ? message : `an object was thrown: ${JSON.stringify(thrown).slice(0, 500)}`
  } catch {
    return `${typeof thrown === 'object' ? 'an object' : `a ${typeof thrown}`} was thrown`
  }
}
