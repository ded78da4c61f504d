import type { Beat, Pulse } from '@wf/core'
import { type Connection, listOf, replyOf } from './connection.js'
import type { KeySpace } from './key-space.js'
import { sessionScript } from './scripts/session-script.js'
import { exactly } from './text.js'

/** No script looks at more sessions than this. */
const MOST_ASKED = 500

export async function renewSession(
  connection: Connection,
  { sessions, expired }: KeySpace,
  beat: Beat,
): Promise<Pulse> {
  const { session, ttlMs, ask } = beat
  const pieces: (readonly string[])[] = [ask.slice(0, MOST_ASKED)]
  for (let from = MOST_ASKED; from < ask.length; from += MOST_ASKED) pieces.push(ask.slice(from, from + MOST_ASKED))
  const outcomes = await connection.run(
    sessionScript,
    pieces.map((piece, index) => ({
      partition: 0,
      keys: [sessions, expired],
      args: [index === 0 ? exactly(session) : '', ttlMs, ...piece.map(exactly)],
    })),
  )
  const answers = outcomes.map((outcome) => listOf(replyOf(outcome, connection)))
  const [alive, now] = answers[0] ?? []
  const living = answers.flatMap(([, , ...states]) => states)
  // A client may be told to read numbers as texts.
  return {
    alive: Number(alive) === 1,
    expired: ask.filter((_, index) => Number(living[index]) !== 1),
    now: Number(now),
  }
}
