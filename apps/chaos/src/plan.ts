import type { Armed } from './crash.ts'
import type { Ground } from './ground.ts'

/** On which engine a process runs, and how that one hands out work. */
export type Kind = 'default' | 'local-first' | 'always-publish'

/** What a process is told at its beginning. */
export interface Plan {
  readonly name: string
  readonly kind: Kind
  /** `false`: it only starts and resumes runs, for others to work on. */
  readonly works: boolean
  readonly ground: Ground
  readonly ledger: string
  readonly leaseMs: number
  readonly armed: Armed | undefined
}

/** What a process is told at its end: it gives back what it holds, and then nothing keeps it alive. */
export const CLOSE = 'close'

/** What a process is told later; it sends the order back once that is done. */
export interface Order {
  readonly do: 'start' | 'resume'
  readonly run: string
  readonly data: number
}
