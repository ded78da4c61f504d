import type { Commit } from '../contracts/index.js'
import type { Draft } from './draft.js'

/** An end closes the journal; a time travel opens it again. */
export function sealOf({ facts }: Draft): Pick<Commit, 'seal'> | undefined {
  let seal: Pick<Commit, 'seal'> | undefined
  for (const { event } of facts) {
    if (event.type === 'run-ended') return { seal: true }
    if (event.type === 'time-travelled') seal = { seal: false }
  }
  return seal
}
