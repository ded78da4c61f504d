/** Says how often a fault was really injected: a run without any proves nothing. */
export interface FaultCount {
  /** What is injected, as the wrapper is called. */
  readonly kind: string
  readonly injected: number
  /** How many of them at which method. */
  readonly at: Readonly<Record<string, number>>
}

/** An adapter that does wrong now and then, within what its contract allows or what a network brings with it. */
export interface Faulty {
  readonly faults: FaultCount
  /** From now on nothing goes wrong any more; what was held back is let through. */
  heal(): void
}

export interface FaultOptions {
  /** A number from 0 to 1, such as `createRandom(seed)` makes: the same seed brings the same faults. */
  readonly random: () => number
  /** How likely a fault is wherever there may be one, from 0 to 1. */
  readonly rate: number
  /** After so many in a row at one method one call gets through. Default: chance alone decides. */
  readonly mostInARow?: number
}
