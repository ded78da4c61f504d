import type { RunEvent } from '../machine/index.js'
import type { Fact } from './fold.js'
import type { Recorder } from './recorder.js'
import type { Speech } from './speech.js'

/** With these facts a piece of user code has come to its end; others come ahead of them. */
const changes: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>(['state-set', 'context-set'])

/** What somebody came to says how much was written on the way: those who watch then know whether they have all of it. */
export function tallied(recorder: Recorder, fact: Fact, tally: Speech['tally'] | undefined): Fact {
  const { event } = fact
  if (!tally?.wrote || changes.has(event.type)) return fact
  const mayBeginAgain = event.type === 'step-failed' || event.type === 'step-released'
  const live = tally.live > 0 && event.type !== 'step-released' ? { live: tally.live } : {}
  return recorder.saying(fact, { ...live, ...(mayBeginAgain && { wrote: true }) })
}
