import { type ErrorPlace, isWorkflowError, placeError } from '../errors/index.js'

/**
 * What cannot cross is refused with its place in the value; whose value it is, only the caller knows. Answers with a
 * promise only where `record` does, and asks for a place that is to be made only when it is needed.
 */
export function placed<Result>(
  place: ErrorPlace | (() => ErrorPlace),
  record: () => Result | Promise<Result>,
): Result | Promise<Result> {
  const refuse = (error: unknown): never => {
    throw isWorkflowError(error) ? placeError(error, typeof place === 'function' ? place() : place) : error
  }
  try {
    const recorded = record()
    return recorded instanceof Promise ? recorded.catch(refuse) : recorded
  } catch (error) {
    return refuse(error)
  }
}
