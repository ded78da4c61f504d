import type { EventLog, LogEntry } from './event-log.js'
import { independent } from './independent.js'

/** Nothing, or the first difference in words. */
export type Comparison = { readonly equal: true } | { readonly equal: false; readonly difference: string }

const EQUAL: Comparison = { equal: true }

const differs = (difference: string): Comparison => ({ equal: false, difference })

/**
 * Whether two logs tell the same story: ids and times are renamed in them already, and entries of different members of
 * one block may come in another order. Each entry of the first has its equal in the second, and what precedes that there
 * and is not yet accounted for may be moved behind it.
 */
export function compareLogs(one: EventLog, other: EventLog): Comparison {
  if (one.workflowId !== other.workflowId)
    return differs(`one is of workflow "${one.workflowId}", the other of "${other.workflowId}"`)
  const rest = [...other.entries]
  for (const [index, entry] of one.entries.entries()) {
    const at = rest.findIndex(({ text }) => text === entry.text)
    if (at < 0) return differs(missing(index, entry, rest))
    const before = rest.slice(0, at).find((earlier) => !independent(one.graph, earlier, entry))
    if (before) return differs(swapped(index, entry, before))
    rest.splice(at, 1)
  }
  const [extra] = rest
  if (!extra) return EQUAL
  return differs(`the other has ${rest.length} more, the first of them: ${brief(extra)}`)
}

const MOST_TOLD = 600

const brief = ({ text }: LogEntry): string => (text.length > MOST_TOLD ? `${text.slice(0, MOST_TOLD)}…` : text)

function missing(index: number, entry: LogEntry, rest: readonly LogEntry[]): string {
  const next = rest[0] ? `; what is next there: ${brief(rest[0])}` : '; nothing is left there'
  return `entry ${index} has no equal in the other: ${brief(entry)}${next}`
}

const swapped = (index: number, entry: LogEntry, before: LogEntry): string =>
  `entry ${index} must not come behind what precedes it in the other: ${brief(entry)}; there it follows: ${brief(before)}`
