/**
 * How long something takes: that somebody comes to take it up, what a body does, or that it cancels the run. What stands in
 * items is named with their numbers.
 */
export type Chance = (at: string, what: 'take up' | 'do' | 'abort', now: number) => number

/** What stands for somebody outside who cancels; nobody waits for that. */
export const CANCEL = 'cancel'

/** By what it is called in an item: that of the block around it, and the number of the item. */
export const inItem = (around: string, index: number): string => `${around} in ${index}`

export const withoutItems = (at: string): string => at.split(' in ')[0] ?? at
