import { type Beat, checkBeat, type Pulse } from '@wf/core'

/** Who lives, and until when. */
export interface Sessions {
  renew(beat: Beat, now: number): Pulse
  clear(): void
}

/** So many dead ids are remembered; ids are made once and at random, so older ones do not come back. */
const REMEMBERED = 10_000

export function createSessions(): Sessions {
  const expiresAt = new Map<string, number>()
  const dead = new Set<string>()
  let sweepAt = 1_000

  const bury = (session: string): void => {
    expiresAt.delete(session)
    dead.add(session)
    if (dead.size <= REMEMBERED) return
    for (const oldest of dead) {
      dead.delete(oldest)
      break
    }
  }

  /** Whoever has been found expired once stays so, even when the clock goes back. */
  const lives = (session: string, now: number): boolean => {
    const until = expiresAt.get(session)
    if (until === undefined) return false
    if (now < until) return true
    bury(session)
    return false
  }

  /** Runs each time the number of sessions has doubled, so that a first beat costs the same among many. */
  const sweep = (now: number): void => {
    if (expiresAt.size < sweepAt) return
    for (const session of [...expiresAt.keys()]) lives(session, now)
    sweepAt = Math.max(1_000, 2 * expiresAt.size)
  }

  return {
    renew(beat, now) {
      checkBeat(beat)
      const { session, ttlMs, ask } = beat
      const alive = lives(session, now) || (!expiresAt.has(session) && !dead.has(session))
      if (alive) expiresAt.set(session, now + ttlMs)
      sweep(now)
      return { alive, expired: ask.filter((other) => !lives(other, now)), now }
    },
    clear() {
      expiresAt.clear()
      dead.clear()
    },
  }
}
