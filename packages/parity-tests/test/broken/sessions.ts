import type { Beat, Pulse, Storage } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import { type BrokenStorage, broken, MEMORY } from './broken-storage.js'

export const brokenSessions: readonly BrokenStorage[] = [
  broken('storage.session.begins', 'does not say that a first beat began something', (sound) => {
    const seen = new Set<string>()
    return {
      async renew(beat) {
        const pulse = await sound.renew(beat)
        const first = !seen.has(beat.session)
        seen.add(beat.session)
        return first ? { ...pulse, alive: false } : pulse
      },
    }
  }),
  broken('storage.session.renewed', 'counts from the first beat on', (sound) => {
    const begun = new Set<string>()
    return {
      async renew(beat) {
        if (!begun.has(beat.session)) {
          begun.add(beat.session)
          return sound.renew(beat)
        }
        return askOnly(sound, beat)
      },
    }
  }),
  broken('storage.session.expires', 'waits two minutes longer than it was asked to', (sound) => ({
    renew: (beat) => sound.renew({ ...beat, ttlMs: beat.ttlMs + 120_000 }),
  })),
  broken('storage.session.own-time', 'gives each session the longest time that anybody asked for', (sound) => {
    let longest = 0
    const sessions = new Set<string>()
    return {
      async renew(beat) {
        const longer = beat.ttlMs > longest
        longest = Math.max(longest, beat.ttlMs)
        if (longer) for (const session of sessions) await sound.renew({ session, ttlMs: longest, ask: [] })
        sessions.add(beat.session)
        return sound.renew({ ...beat, ttlMs: longest })
      },
    }
  }),
  broken('storage.session.never-again', 'revives whoever beats again and again', (sound) => {
    const revived = new Map<string, string>()
    const refused = new Set<string>()
    const nameOf = (session: string) => revived.get(session) ?? session
    return {
      async renew({ session, ttlMs, ask }) {
        const asked = ask.map(nameOf)
        const pulse = await sound.renew({ session: nameOf(session), ttlMs, ask: asked })
        const expired = ask.filter((other) => pulse.expired.includes(nameOf(other)))
        if (pulse.alive || !refused.has(session)) {
          if (!pulse.alive) refused.add(session)
          return { ...pulse, expired }
        }
        revived.set(session, `${nameOf(session)}, again`)
        return { ...(await sound.renew({ session: nameOf(session), ttlMs, ask: [] })), expired }
      },
    }
  }),
  {
    rule: 'storage.session.clock-back',
    mistake: 'forgets whom it has found expired',
    options: { capabilities: MEMORY, create: ({ clock }) => forgetful(createMemoryStorage({ clock }), clock.now) },
  },
  broken('storage.session.found-expired', 'forgets whom it has called expired', (sound) => {
    const again = new Map<string, string>()
    return {
      async renew({ session, ttlMs, ask }) {
        const beats = again.get(session) ?? session
        again.delete(session)
        const pulse = await sound.renew({ session: beats, ttlMs, ask })
        const forgotten = pulse.expired.filter((other) => other === 'a' && ask.length === 1)
        for (const other of forgotten) again.set(other, `${other} again`)
        return pulse
      },
    }
  }),
  broken('storage.session.unknown', 'says nothing of sessions that it never heard of', (sound) => {
    const known = new Set<string>()
    return {
      async renew(beat) {
        known.add(beat.session)
        const pulse = await sound.renew(beat)
        return { ...pulse, expired: pulse.expired.filter((session) => known.has(session) || session !== 'nobody') }
      },
    }
  }),
  broken('storage.session.only-asked', 'tells of every session that has expired', (sound) => {
    const known = new Set<string>()
    return {
      async renew(beat) {
        known.add(beat.session)
        return sound.renew({ ...beat, ask: beat.ask.length === 0 ? [] : [...new Set([...beat.ask, ...known])] })
      },
    }
  }),
  broken('storage.session.now', 'tells the time at which it was started', (sound) => {
    let started: number | undefined
    return {
      async renew(beat) {
        const pulse = await sound.renew(beat)
        started ??= pulse.now
        // Only between beats of one session can anybody tell.
        return beat.session === 'a' && beat.ttlMs === 600_000 ? { ...pulse, now: started } : pulse
      },
    }
  }),
]

/** Tells whether the session lives, without keeping it alive. */
async function askOnly(sound: Storage, beat: Beat): Promise<Pulse> {
  const pulse = await sound.renew({ session: '(nobody)', ttlMs: beat.ttlMs, ask: [...beat.ask, beat.session] })
  return {
    now: pulse.now,
    alive: !pulse.expired.includes(beat.session),
    expired: pulse.expired.filter((session) => beat.ask.includes(session)),
  }
}

/** Compares times only, so that a clock that goes back revives a session; unless it has beaten since. */
function forgetful(sound: Storage, now: () => number): Storage {
  const expiresAt = new Map<string, number>()
  const dead = new Set<string>()
  return {
    ...sound,
    async renew({ session, ttlMs, ask }) {
      const until = expiresAt.get(session)
      const alive = !dead.has(session) && (until === undefined || now() < until)
      if (alive) expiresAt.set(session, now() + ttlMs)
      else dead.add(session)
      const expired = ask.filter((other) => dead.has(other) || now() >= (expiresAt.get(other) ?? 0))
      // Refuses what a closed or sound storage refuses.
      await sound.renew({ session: 'probe', ttlMs: 1, ask: [] })
      return { alive, expired, now: now() }
    },
  }
}
