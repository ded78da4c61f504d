/** A wire that can be cut and mended. */
export interface Cut {
  readonly isCut: boolean
  /** Resolves once nothing is cut any more. */
  mended(): Promise<void>
  /** The answer mends it, unless it was cut once more meanwhile. */
  cut(): () => void
  /** Mends it for good. */
  heal(): void
}

export function createCut(): Cut {
  let cut: PromiseWithResolvers<void> | undefined
  let isHealed = false

  const restore = (mine = cut): void => {
    if (cut === mine) cut = undefined
    mine?.resolve()
  }
  return {
    get isCut() {
      return cut !== undefined
    },
    async mended() {
      while (cut) await cut.promise
    },
    cut() {
      const mine = Promise.withResolvers<void>()
      if (isHealed) return () => undefined
      cut = mine
      return () => restore(mine)
    },
    heal() {
      isHealed = true
      restore()
    },
  }
}
