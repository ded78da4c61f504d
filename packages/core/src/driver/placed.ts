import { type ErrorPlace, isWorkflowError, placeError } from '../errors/index.js'

/** What cannot cross is refused with its place in the value; whose value it is, only the caller knows. */
export async function placed<Result>(place: ErrorPlace, record: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await record()
  } catch (error) {
    throw isWorkflowError(error) ? placeError(error, place) : error
  }
}
