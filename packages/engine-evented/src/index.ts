export { createEventedEngine, type EventedEngine } from './create-evented-engine.js'
export type { DrainOptions, EventedEngineOptions, SessionOptions } from './evented-engine-options.js'
