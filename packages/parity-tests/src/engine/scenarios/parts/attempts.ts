import { ok } from 'node:assert/strict'
import { createStep, type StepContext, type StepRetry } from '@wf/core'
import { any } from '../../schemas.js'
import type { Stage } from '../../stage.js'

interface Policy {
  readonly retries?: number
  readonly retry?: StepRetry
  readonly timeoutMs?: number
}

/** A step with a policy of its own. */
export const policed = <const Id extends string>(id: Id, policy: Policy, execute: (context: StepContext) => unknown) =>
  createStep({ id, inputSchema: any(), outputSchema: any(), execute, ...policy })

export interface Attempts {
  /** When each attempt began. */
  readonly at: number[]
}

/** A step that fails a number of times and then succeeds; it notes when it was tried. */
export function unlucky(stage: Stage, failures: number, policy: Policy = {}) {
  const at: number[] = []
  const tries = policed('tries', policy, () => {
    at.push(stage.clock.now())
    if (at.length <= failures) throw new Error(`failure ${at.length}`)
    return `success ${at.length}`
  })
  return { tries, attempts: { at } }
}

/** How long after the end of one attempt the next one began; the steps take no time. */
export const gaps = ({ at }: Attempts): readonly number[] => at.slice(1).map((time, index) => time - (at[index] ?? 0))

/** How much later than promised something may happen: notice has to reach a process first. */
const LATE_MS = 5_000

/** Not earlier than promised, and soon after; promises are minutes long, so that this tells them apart. */
export function near(actual: readonly number[], promised: readonly number[], laterMs = 0): void {
  const lateMs = LATE_MS + laterMs
  const fits =
    actual.length === promised.length &&
    promised.every((ms, index) => Number(actual[index]) >= ms && Number(actual[index]) <= ms + lateMs)
  ok(fits, `expected about ${promised.join(', ')} ms, got ${actual.join(', ')}`)
}
