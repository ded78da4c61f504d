import type { Fact } from '../driver/fold.js'
import type { SpanEnd } from './telemetry.js'

const statuses: Readonly<Record<string, string>> = {
  'step-failed': 'failed',
  'step-suspended': 'suspended',
  'step-bailed': 'bailed',
}

/** What an attempt came to, as it is about to be recorded; the error went through the redaction on its way there. */
export function attemptEnd(facts: readonly Fact[], tellsOutput: boolean): SpanEnd {
  const last = facts.at(-1)
  if (!last) return { status: 'interrupted' }
  const { event, value } = last
  const hasFailed = event.type === 'step-failed' || (event.type === 'callback-settled' && event.failed === true)
  if (hasFailed) return { status: 'failed', error: value }
  const status = statuses[event.type] ?? 'success'
  return tellsOutput && event.type === 'step-succeeded' ? { status, output: value } : { status }
}
