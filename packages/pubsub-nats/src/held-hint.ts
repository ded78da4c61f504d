import type { Msg } from '@nats-io/transport-node'
import type { HintStream } from './hint-stream.js'
import { readHint } from './hint-text.js'

const TERM = '+TERM'

/** A hint that the server has given to this process and waits to hear of. */
export interface HeldHint {
  readonly hint: string
  /** Its place in the stream. */
  readonly seq: number
  /** How often it was given to anybody. */
  readonly deliveries: number
  taken(): void
  /** It goes to whoever has room, at once or after a while. */
  handBack(delayMs?: number): void
  giveUp(): void
  /** Somebody is at it, so that nobody else gets it. */
  goesOn(): void
}

/** Undefined for what is no hint, which is taken out of the way. */
export function holdHint(message: Msg, stream: HintStream): HeldHint | undefined {
  const { since } = stream
  const say = (what: string): void => {
    // What the server said may be about another stream by now, in which the same numbers mean other hints.
    if (stream.since !== undefined) return stream.since === since ? respond(message, what) : undefined
    stream.ready().then(
      () => stream.since === since && respond(message, what),
      () => undefined,
    )
  }
  const hint = readHint(message.data)
  const place = placeOf(message.reply)
  if (hint === undefined || place === undefined) {
    respond(message, TERM)
    return
  }
  return {
    hint,
    ...place,
    taken: () => say('+ACK'),
    handBack: (delayMs) => say(delayMs === undefined ? '-NAK' : `-NAK {"delay":${delayMs * 1_000_000}}`),
    giveUp: () => say(TERM),
    goesOn: () => say('+WPI'),
  }
}

/** What cannot be said is not needed: what the server hears nothing of comes again. */
function respond(message: Msg, what: string): void {
  try {
    message.respond(what)
  } catch {}
}

/** `$JS.ACK.<stream>.<consumer>.<deliveries>.<seq>.…`, in servers with domains two more behind `ACK`. */
function placeOf(reply: string | undefined): { seq: number; deliveries: number } | undefined {
  const tokens = reply?.split('.') ?? []
  const at = tokens.length === 9 ? 4 : 6
  const [deliveries, seq] = [Number(tokens[at]), Number(tokens[at + 1])]
  return Number.isSafeInteger(deliveries) && Number.isSafeInteger(seq) ? { seq, deliveries } : undefined
}
