export * from './contracts/index.js'
export * from './errors/workflow-error.js'
