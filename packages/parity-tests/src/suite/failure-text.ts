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
  // A message of the rule's own hides the values, so they are added.
  if (failure.generatedMessage || failure.operator === 'fail') return failure.message
  const expected = short(failure.expected)
  return `${failure.message}\nseen: ${short(failure.actual)}${failure.operator === '==' ? '' : `\nexpected: ${expected}`}`
}

function short(value: unknown): string {
  const text = inspect(value, { depth: 6, maxStringLength: 200, maxArrayLength: 20 })
  return text.length > 2_000 ? `${text.slice(0, 2_000)} …` : text
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}
