import type { Taken } from './exchange.js'
import { readHint } from './hint-text.js'
import type { Roster } from './roster.js'

export interface HearParts {
  readonly roster: Roster
  /** The hints that were too large for a notification. */
  fetch(id: string): Promise<string>
  /** Others have come or gone. */
  changed(group: number): void
  /** What the connection is called on which this process hears. */
  line(): string | undefined
  /** Hints were handed to somebody who has gone. */
  refuse(taken: readonly Taken[]): void
}

/** Hands on what is notified; see `hint_hand`, `hint_again`, `hint_join` and `hint_leave` for its forms. */
export function hearWith({ roster, fetch, changed, line, refuse }: HearParts): (payload: string) => void {
  const tell = (topic: string, text: string): void => {
    const hints = readBundle(text)
    if (hints.length === 0) return
    for (const { member } of roster.of(topic)) member?.tell?.([...hints])
  }
  const fetchAndTell = async (topic: string, id: string): Promise<void> => {
    // Who has no connection for it loses the hints, as if there had been none to listen on.
    const text = await fetch(id).catch(() => undefined)
    if (text !== undefined) tell(topic, text)
  }
  const hand = (payload: string): void => {
    const [, at, group = '', id = ''] = payload.split(' ', 4)
    if (at === undefined || at !== line()) return
    const taken = readHanded(Number(group), payload.slice(at.length + group.length + id.length + 5))
    if (taken.length === 0) return
    const member = roster.seat(id)?.member
    if (member?.hand === undefined) refuse(taken)
    else member.hand(taken)
  }
  return (payload) => {
    if (payload.startsWith('h ')) return hand(payload)
    const [form, first = '', second = ''] = payload.split(' ', 3)
    const isHere = form === 'q' || form === 'm' || !isEmpty(roster.of(first))
    if (!isHere) return
    if (form === 'b') tell(first, payload.slice(form.length + first.length + 2))
    else if (form === 'l') void fetchAndTell(first, second)
    else if (form === 'm') changed(Number(first))
    else if (form === 'q') hearOfQueue(roster, payload)
  }
}

/** Anybody in the database may notify: what nobody here has written is no hint. */
function readBundle(text: string): string[] {
  try {
    return (JSON.parse(text) as string[]).map(readHint)
  } catch {
    return []
  }
}

function readHanded(group: number, text: string): Taken[] {
  try {
    const pairs = JSON.parse(text) as readonly (readonly [number, string])[]
    return pairs.map(([id, hint]) => ({ group, id, tries: 1, hint: readHint(hint) }))
  } catch {
    return []
  }
}

function hearOfQueue(roster: Roster, payload: string): void {
  const numbers = payload.split(' ').slice(1).map(Number)
  if (!numbers.every(Number.isSafeInteger)) return
  const [group = 0, low = 0, many = 0, inMs = 0] = numbers
  for (const seat of roster.all) if (seat.group === group) seat.member?.hear?.(low, many, inMs)
}

function isEmpty(things: Iterable<unknown>): boolean {
  for (const _ of things) return false
  return true
}
