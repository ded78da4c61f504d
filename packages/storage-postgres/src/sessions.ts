import type { Beat, Pulse } from '@wf/core'
import { sessionKey } from './journal-key.js'
import type { Server } from './server.js'
import { kept } from './text.js'

const RENEW = 'select alive, to_json(expired), moment from {schema}.renew($1, $2, $3, $4, $5::uuid[])'

export async function renewSession(server: Server, { session, ttlMs, ask }: Beat, aheadMs: number): Promise<Pulse> {
  const asked = ask.map(sessionKey)
  const [row] = await server.query(RENEW, [aheadMs, sessionKey(session), kept(session), ttlMs, asked])
  const places: readonly number[] = JSON.parse(String(row?.[1] ?? '[]'))
  const expired = places.flatMap((place) => ask[place - 1] ?? [])
  return { alive: row?.[0] === true, expired, now: Number(row?.[2]) }
}
