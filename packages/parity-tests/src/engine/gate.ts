/** Holds up a body until the scenario lets it go on. */
export interface Gate {
  /** Awaited by the body. */
  pass(): Promise<void>
  /** Resolves once a body has come to the gate; the given count says how many. */
  reached(count?: number): Promise<void>
  /** Lets everybody through, now and later. */
  open(): void
}

export function createGate(): Gate {
  const opened = Promise.withResolvers<void>()
  const waiting: { readonly count: number; readonly resolve: () => void }[] = []
  let arrived = 0
  return {
    open: opened.resolve,
    pass() {
      arrived += 1
      for (const { count, resolve } of waiting) if (arrived >= count) resolve()
      return opened.promise
    },
    reached(count = 1) {
      if (arrived >= count) return Promise.resolve()
      return new Promise((resolve) => waiting.push({ count, resolve }))
    },
  }
}
