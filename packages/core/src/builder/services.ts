/**
 * What the process offers to steps: clients, pools, loggers. Empty here; an application adds its own by declaration
 * merging: `declare module '@wf/core' { interface Services { db: Database } }`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: it exists to be merged into
export interface Services {}
