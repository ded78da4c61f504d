import type { Clock } from '../contracts/index.js'
import { isWorkflowError } from '../errors/index.js'

/** How long to wait before asking a storage again that did not answer: at once, then longer each time. */
const RETRY_MS = [0, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 5_000] as const

/** After a second and a half, and then every half a minute. */
const FAILURES_PER_WORD = 7

export interface Patience {
  readonly clock: Clock
  /** Nobody waits for the answer any more. */
  readonly closed: () => boolean
  /** So often it is asked at most. Default: there is no limit. */
  readonly tries?: number
  /** Called now and then while it goes on failing, so that somebody knows why nothing happens. */
  readonly tells?: (error: unknown) => void
}

/** Asks a storage again and again until it answers or refuses. */
export async function untilAnswered<Answer>(
  { clock, closed, tries = Number.POSITIVE_INFINITY, tells }: Patience,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await ask()
    } catch (error) {
      if (closed() || isRefusal(error) || failures + 1 >= tries) throw error
      if (failures % FAILURES_PER_WORD === FAILURES_PER_WORD - 1) tells?.(error)
      await pause(clock, failures)
    }
  }
}

export function pause(clock: Clock, failures: number): Promise<void> | undefined {
  const ms = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 0
  return ms === 0 ? undefined : new Promise((resolve) => clock.after(ms, resolve))
}

/** The storage says no for good: repeating would change nothing. On a full disk, say, there may be room later. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof TypeError || (isWorkflowError(error) && error.code !== 'WF_STORAGE_UNAVAILABLE')
