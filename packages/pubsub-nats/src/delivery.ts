import { AsyncLocalStorage } from 'node:async_hooks'
import type { TakeHints } from '@wf/core'

export type Give = (hints: readonly string[]) => Promise<void>

/** Calls `take` outside of the async context of whoever brings the hints; it never throws, it rejects. */
export function createGive(take: TakeHints): Give {
  const outside = AsyncLocalStorage.snapshot()
  return async (hints) => {
    await outside(take, hints)
  }
}
