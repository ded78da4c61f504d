/** How long something takes where chance rules: what a body does, or that somebody comes to take it up. */
export type Chance = (id: string, what: 'take up' | 'do') => number

/** What stands for somebody outside who cancels; nobody waits for that. */
export const CANCEL = 'cancel'
