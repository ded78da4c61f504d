import type { Fact } from './fold.js'

/** Moments after which nobody may be around to write the rest. */
export const concludes = ({ event: { type } }: Fact): boolean =>
  type === 'run-rested' || type === 'run-ended' || type === 'callback-settled' || type === 'event-received'
