import type { Armed } from './crash.ts'

/** What a worker process is told at its beginning. */
export interface Plan {
  readonly name: string
  readonly database: string
  readonly ledger: string
  readonly leaseMs: number
  readonly armed: Armed | undefined
}

/** What a worker process is told later; it sends the order back once that is done. */
export interface Order {
  readonly do: 'start' | 'resume'
  readonly run: string
  readonly data: number
}
