import { AssertionError } from 'node:assert/strict'
import { inspect } from 'node:util'
import type { Rule } from './rule.js'

/** The rule in its own words and what was seen instead: enough to act on without reading the suite. */
export function failureText({ id, states }: Pick<Rule<never>, 'id' | 'states'>, failure: unknown): string {
  return `[${id}] ${states}\n${indent(seen(failure))}`
}

function seen(failure: unknown): string {
  if (!(failure instanceof AssertionError)) {
    return failure instanceof Error ? `it threw ${failure.name}: ${failure.message}` : `it threw ${inspect(failure)}`
  }
  const message = failure.message.trimEnd()
  // Newer versions of Node.js add the values to a message of the rule's own, older ones leave them out.
  if (message.includes('\n') || failure.operator === 'fail' || failure.operator === '==') return message
  return `${message}\nseen: ${short(failure.actual)}\nexpected: ${short(failure.expected)}`
}

function short(value: unknown): string {
  const text = inspect(value, { depth: 6, maxStringLength: 200, maxArrayLength: 20 })
  return text.length > 2_000 ? `${text.slice(0, 2_000)} …` : text
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}
