import type { RunEvent, StepClaimed } from '../machine/index.js'

/**
 * An event as the journal has it. The two that nearly every step writes are put together by hand, which takes a tenth of
 * the time; the text is the same. Places are made of digits, points and names of parts: nothing in them needs an escape.
 */
export function textOf(event: RunEvent): string {
  switch (event.type) {
    case 'step-succeeded':
      if (event.live !== undefined) return JSON.stringify(event)
      return `{"type":"step-succeeded","at":"${event.at}"${claimText(event.claim)}${valueText(event.value)}}`
    case 'step-claimed':
      if (event.over !== undefined || event.alone !== undefined) return JSON.stringify(event)
      return `{"type":"step-claimed","at":"${event.at}","session":${quoted(event.session)}${sharedText(event)}${valueText(event.value)}}`
    default:
      return JSON.stringify(event)
  }
}

const claimText = (claim: number | undefined): string => (claim === undefined ? '' : `,"claim":${claim}`)

const sharedText = ({ seq, orNext }: StepClaimed): string =>
  seq === undefined ? '' : `,"seq":${seq}${orNext ? ',"orNext":true' : ''}`

const valueText = (value: boolean | undefined): string => (value ? ',"value":true' : '')

/** A process has one session for long; only its name could need an escape. */
let known = { session: '', text: '""' }

function quoted(session: string): string {
  if (known.session !== session) known = { session, text: JSON.stringify(session) }
  return known.text
}
