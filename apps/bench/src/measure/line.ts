import type { Scale } from './scale.ts'

/** What one process measured, by name. */
export type Figures = Readonly<Record<string, number>>

/** Somebody who does the work of a line: we, a peer, or what the machine gives at best. */
export interface Contestant {
  readonly name: string
  /** Takes part only where the peers are installed. */
  readonly isPeer?: boolean
  /** Called once in a process of its own. */
  readonly measure: (scale: Scale) => Promise<Figures>
}

/** A figure of a contestant. */
export interface Source {
  readonly of: string
  readonly figure: string
}

export type Target = { readonly atMost: number } | { readonly atLeast: number }

/** One row of the table: a figure, or a ratio of two figures of the same round. */
export interface Claim {
  readonly says: string
  readonly unit: string
  readonly value: Source
  readonly over?: Source
  /** Without one the row only informs. */
  readonly target?: Target
}

export type ServerName = 'postgres' | 'redis' | 'nats'

/** Contestants that are measured in the same rounds. */
export interface Contest {
  readonly id: string
  readonly title: string
  /** Contestants find them by DATABASE_URL, REDIS_URL and NATS_URL. */
  readonly servers?: readonly ServerName[]
  readonly contestants: readonly Contestant[]
}

export interface Line extends Contest {
  readonly claims: readonly Claim[]
  /** What the machine gave at best for the same work in the same rounds; the page shows it beside what was missed. */
  readonly limits?: readonly Claim[]
}
