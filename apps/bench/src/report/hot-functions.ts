/** What `node --cpu-prof` writes, as far as it is read here. */
export interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[]
  /** Which node was running at each moment, and the microseconds since the moment before. */
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

export interface CallFrame {
  readonly functionName: string
  readonly url: string
  readonly lineNumber: number
  readonly columnNumber: number
}

export interface HotFunctions {
  /** Shares are of this: the process was not waiting. */
  readonly busyMs: number
  readonly gcShare: number
  readonly functions: readonly { readonly name: string; readonly share: number }[]
}

/** The functions in which most time was spent, calls of others not included. */
export function hotFunctions(profile: Profile, nameOf: (frame: CallFrame) => string, most = 15): HotFunctions {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]))
  const spent = new Map<string, number>()
  let busy = 0
  let garbage = 0
  for (const [index, id] of profile.samples.entries()) {
    const frame = frames.get(id)
    const took = profile.timeDeltas[index] ?? 0
    if (frame === undefined || frame.functionName === '(idle)' || frame.functionName === '(root)') continue
    busy += took
    if (frame.functionName === '(garbage collector)') garbage += took
    const name = nameOf(frame)
    spent.set(name, (spent.get(name) ?? 0) + took)
  }
  const sorted = [...spent].sort(([, one], [, other]) => other - one).slice(0, most)
  const functions = sorted.map(([name, took]) => ({ name, share: took / busy }))
  return { busyMs: busy / 1_000, gcShare: garbage / busy, functions }
}
