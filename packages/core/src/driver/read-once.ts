import { type ErrorPlace, WorkflowError } from '../errors/index.js'

/**
 * The entries of an object of the caller's, each looked at once, in an object that belongs to nobody else. What looking
 * throws (a getter, a proxy) says that the object cannot be stored.
 */
export function readOnce(place: ErrorPlace & { readonly field: string }, look: () => object): Record<string, unknown> {
  try {
    return { ...look() }
  } catch (cause) {
    const text = `\`${place.field}\` could not be read: looking at it threw; pass plain data instead`
    throw new WorkflowError('WF_NOT_SERIALIZABLE', text, { ...place, cause })
  }
}
