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
      if (event.claim === undefined) return `${SUCCEEDED}${event.at}"${endText(event.value)}`
      return `${SUCCEEDED}${event.at}","claim":${event.claim}${endText(event.value)}`
    case 'step-claimed':
      if (event.over !== undefined || event.alone !== undefined) return JSON.stringify(event)
      if (event.seq !== undefined)
        return `${CLAIMED}${event.at}${by(event.session).text}${sharedText(event)}${endText(event.value)}`
      return `${CLAIMED}${event.at}${event.value ? by(event.session).carrying : by(event.session).plain}`
    default:
      return JSON.stringify(event)
  }
}

const SUCCEEDED = '{"type":"step-succeeded","at":"'
const CLAIMED = '{"type":"step-claimed","at":"'

const sharedText = ({ seq, orNext }: StepClaimed): string => `,"seq":${seq}${orNext ? ',"orNext":true' : ''}`

const endText = (value: boolean | undefined): string => (value ? ',"value":true}' : '}')

/** A process has one session for long; only its name could need an escape. What follows the place is one piece, and the same in all texts. */
let known = { session: '', text: '', plain: '', carrying: '' }

function by(session: string): typeof known {
  if (known.session === session) return known
  const text = `","session":${JSON.stringify(session)}`
  known = { session, text, plain: `${text}${endText(false)}`, carrying: `${text}${endText(true)}` }
  return known
}
