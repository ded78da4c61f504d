export * from './clock.js'
export * from './journal.js'
export * from './pub-sub.js'
export * from './storage.js'
