import type { Commit } from '../contracts/index.js'
import type { News } from './header.js'

type Made = { -readonly [Field in keyof Commit]: Commit[Field] }

/** What nearly every commit says, in an object made for this one, and what few say besides: taken in field by field, it keeps one shape. */
export function commitOf(made: Made, { header, wake }: Omit<News, 'wakeAt'>, seal: boolean | undefined): Commit {
  if (header) made.header = header
  if (wake.wakeInMs !== undefined) made.wakeInMs = wake.wakeInMs
  if (wake.wakeAt !== undefined) made.wakeAt = wake.wakeAt
  if (seal !== undefined) made.seal = seal
  return made
}
