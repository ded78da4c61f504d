export type { DrawnFact, DrawnRun } from './drawn-run.js'
