import { ok } from 'node:assert/strict'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE

/** The record lasted that long, and not much longer: engines may need some time to notice that a time has come. */
export function lasted(record: unknown, ms: number, slackMs = MINUTE): void {
  const { startedAt, endedAt } = record as { readonly startedAt: number; readonly endedAt: number }
  const took = endedAt - startedAt
  ok(took >= ms && took <= ms + slackMs, `it lasted ${took} ms, not ${ms}`)
}
