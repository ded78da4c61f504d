import type { Kind } from './plan.ts'

/** Processes that work on one file side by side. */
export interface Fleet {
  readonly name: string
  /** One of each; whoever is killed is replaced by one of its kind. */
  readonly workers: readonly Kind[]
  /** Runs that are under way at one time. Where each step waits for a look into the storage it takes many to keep four busy. */
  readonly openRuns: number
}

const four = (kind: Kind): readonly Kind[] => [kind, kind, kind, kind]

/** By what `--engine` says. */
export const fleets: Readonly<Record<string, readonly Fleet[]>> = {
  default: [
    { name: 'default, alone', workers: ['default'], openRuns: 4 },
    { name: 'default', workers: ['default', 'default', 'default'], openRuns: 4 },
  ],
  evented: [
    { name: 'evented, local-first', workers: four('local-first'), openRuns: 4 },
    { name: 'evented, always-publish', workers: four('always-publish'), openRuns: 24 },
  ],
  both: [
    {
      name: 'evented, both ways',
      workers: ['local-first', 'always-publish', 'local-first', 'always-publish'],
      openRuns: 40,
    },
  ],
  mixed: [{ name: 'mixed', workers: ['default', 'local-first', 'default', 'always-publish'], openRuns: 8 }],
}
