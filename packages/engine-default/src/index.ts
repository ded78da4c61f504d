export { createDefaultEngine, type DefaultEngine, type DefaultEngineOptions } from './create-default-engine.js'
