/** That somebody comes to take something up, that it is done, or that it cancels the run. */
export type What = 'take up' | 'do' | 'abort'

/** How long that takes, from a moment on. What stands in items is named with their numbers. */
export type Chance = (at: string, what: What, now: number) => number

/** By what it is called that the run is canceled. */
export const CANCEL = 'cancel'

/** By what it is called in an item: that of the block around it, and the number of the item. */
export const inItem = (around: string, index: number): string => `${around} in ${index}`

export const withoutItems = (at: string): string => at.split(' in ')[0] ?? at
