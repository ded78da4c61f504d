// What engines are made of. Kept apart, so that who only declares workflows does not load what runs them.
export type { FieldRule } from './builder/fields.js'
export { checkOptions } from './run/check-options.js'
export { createEngine } from './run/engine.js'
export { settingsOf } from './run/options.js'
export { tellHistory } from './run/tell-history.js'
