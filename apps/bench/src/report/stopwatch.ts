export interface Stopwatch {
  begin(id: string): void
  /** From here on somebody else is timed. */
  next(name: string): void
  /** Seconds of each since `begin`. */
  end(): Readonly<Record<string, number>>
  /** How long all took, and which took longest. */
  tell(): string
}

/** Tells where the time of a bench goes. */
export function createStopwatch(now = () => performance.now()): Stopwatch {
  const first = now()
  const all: { readonly what: string; seconds: number }[] = []
  let id = ''
  let took: Record<string, number> = {}
  let current: { readonly name: string; readonly since: number } | undefined
  const stop = () => {
    if (current === undefined) return
    const seconds = (now() - current.since) / 1_000
    took[current.name] = (took[current.name] ?? 0) + seconds
    all.push({ what: `${id} ${current.name}`, seconds })
    current = undefined
  }
  return {
    begin(next) {
      id = next
      took = {}
    },
    next(name) {
      stop()
      current = { name, since: now() }
    },
    end() {
      stop()
      return took
    },
    tell() {
      const longest = [...all].sort((one, other) => other.seconds - one.seconds).slice(0, 5)
      const told = longest.map(({ what, seconds }) => `${what} ${seconds.toFixed(1)} s`)
      return `took ${((now() - first) / 1_000).toFixed(0)} s; longest: ${told.join(', ')}`
    },
  }
}
