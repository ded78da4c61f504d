import type { RunEvent, StepClaimed, StepSucceeded } from '../machine/index.js'

/**
 * An event as the journal has it. The two that nearly every step writes are put together by hand, which takes a tenth of
 * the time; the text is the same. Places are made of digits, points and names of parts: nothing in them needs an escape.
 * Until somebody reads a text it is a tree of the parts that it was put together from, so there are few.
 */
export function textOf(event: RunEvent): string {
  switch (event.type) {
    case 'step-succeeded':
      if (event.live !== undefined) return JSON.stringify(event)
      return `{"type":"step-succeeded","at":"${doneAt(event)}${event.value ? ',"value":true}' : '}'}`
    case 'step-claimed':
      if (event.over !== undefined || event.alone !== undefined) return JSON.stringify(event)
      return `{"type":"step-claimed","at":"${event.at}${claimedBy(event)}`
    default:
      return JSON.stringify(event)
  }
}

const doneAt = ({ at, claim }: StepSucceeded): string => (claim === undefined ? `${at}"` : `${at}","claim":${claim}`)

function claimedBy({ session, seq, orNext, value }: StepClaimed): string {
  if (known.session !== session) known = endsFor(session)
  if (seq === undefined) return value ? known.valued : known.plain
  return `${known.named},"seq":${seq}${orNext ? ',"orNext":true' : ''}${value ? ',"value":true}' : '}'}`
}

/** How claims of a session end; only its name could need an escape. */
function endsFor(session: string) {
  const named = `","session":${JSON.stringify(session)}`
  return { session, named, plain: `${named}}`, valued: `${named},"value":true}` }
}

/** A process has one session for long. */
let known = endsFor('')
