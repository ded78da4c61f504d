import type { Draft } from './draft.js'

/** An end closes the journal; a time travel opens it again. */
export function sealOf({ facts }: Draft): boolean | undefined {
  let seal: boolean | undefined
  for (const { event } of facts) {
    if (event.type === 'run-ended') return true
    if (event.type === 'time-travelled') seal = false
  }
  return seal
}
