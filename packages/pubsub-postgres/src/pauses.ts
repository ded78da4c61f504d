/** Waits that all end at once when whoever waits has to stop. */
export class Pauses {
  private readonly wakes = new Set<() => void>()
  private isOver = false

  /** Resolves after so long, or at once when everything has come to its end. */
  wait(ms: number): Promise<void> {
    if (this.isOver) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer)
        this.wakes.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, ms)
      this.wakes.add(wake)
    })
  }

  end(): void {
    this.isOver = true
    for (const wake of this.wakes) wake()
  }
}

/** What came of it, or `undefined` when it took longer; a rejection counts as that too. */
export async function within<Result>(ms: number, awaited: Promise<Result>): Promise<Result | undefined> {
  const late = Promise.withResolvers<undefined>()
  const timer = setTimeout(late.resolve, ms, undefined)
  try {
    return await Promise.race([awaited, late.promise])
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
  }
}
