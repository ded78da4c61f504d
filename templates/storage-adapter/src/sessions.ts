import type { Beat, Pulse } from '@wf/core'
import { change, type Documents, type Key } from './documents.js'

interface Session {
  readonly until: number
  /** Found expired once: for good, also when the clock goes back. */
  readonly dead: boolean
}

export async function renewSession(documents: Documents, beat: Beat, now: number): Promise<Pulse> {
  const { session, ttlMs, ask } = beat
  const alive = await change(documents, keyOf(session), (text) => {
    const known: Session | undefined = text === undefined ? undefined : JSON.parse(text)
    if (known !== undefined && hasExpired(known, now)) return bury(known, false)
    return { answer: true, text: JSON.stringify({ until: now + ttlMs, dead: false } satisfies Session) }
  })
  const expired: string[] = []
  for (const other of ask) if (await isExpired(documents, other, now)) expired.push(other)
  return { alive, expired, now }
}

function isExpired(documents: Documents, session: string, now: number): Promise<boolean> {
  return change(documents, keyOf(session), (text) => {
    // Nobody ever heard of it.
    if (text === undefined) return { answer: true }
    const known: Session = JSON.parse(text)
    return hasExpired(known, now) ? bury(known, true) : { answer: false }
  })
}

const hasExpired = ({ until, dead }: Session, now: number): boolean => dead || now >= until

function bury(known: Session, answer: boolean) {
  return known.dead ? { answer } : { answer, text: JSON.stringify({ ...known, dead: true } satisfies Session) }
}

const keyOf = (session: string): Key => ({ shelf: 'sessions', id: JSON.stringify(session) })
