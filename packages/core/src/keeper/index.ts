export { Broom } from './broom.js'
export { type Caretaker, Keeper } from './keeper.js'
export type { Question, Written } from './question.js'
export type { EntryPlace, Folding, SmallMachine, Summary } from './small-machine.js'
