import type { RunEvent, RunState } from '../machine/index.js'

/** Whether a run needs its slots no longer because of this: it rests, has ended, or its first callback has refused the start. */
export function hasLeft({ type }: RunEvent, { phase }: RunState): boolean {
  return type === 'run-rested' || type === 'run-ended' || (type === 'callback-settled' && phase === 'unstarted')
}
