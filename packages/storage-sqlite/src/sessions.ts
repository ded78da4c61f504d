import type { Beat, Pulse } from '@wf/core'
import type { Connection } from './connection.js'

/** So many expired ids are remembered; ids are made once and at random, so older ones do not come back. */
const REMEMBERED = 10_000

const BEGIN = 'insert into sessions (id, expires_at) values (?, ?) returning number'
const FORGET = 'delete from sessions where number <= ? and (expires_at is null or expires_at <= ?)'

export function renewSession(connection: Connection, { session, ttlMs, ask }: Beat, now: number): Pulse {
  const state = stateOf(connection, session, now)
  if (state === 'lives') connection.run('update sessions set expires_at = ? where id = ?', now + ttlMs, session)
  if (state === 'unknown') {
    const number = Number(connection.get(BEGIN, session, now + ttlMs)?.number)
    connection.run(FORGET, number - REMEMBERED, now)
  }
  const expired = ask.filter((other) => stateOf(connection, other, now) !== 'lives')
  return { alive: state !== 'expired', expired, now }
}

/** Whoever has been found expired once stays so, even when the clock goes back. */
function stateOf(connection: Connection, session: string, now: number): 'lives' | 'expired' | 'unknown' {
  const row = connection.get('select expires_at from sessions where id = ?', session)
  if (row === undefined) return 'unknown'
  if (row.expires_at !== null && now < Number(row.expires_at)) return 'lives'
  if (row.expires_at !== null) connection.run('update sessions set expires_at = null where id = ?', session)
  return 'expired'
}
