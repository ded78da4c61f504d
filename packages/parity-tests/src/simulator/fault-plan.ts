export const faultKinds = [
  /** A process is gone, between any two occurrences of its life. */
  'kill',
  /** A process stands still for longer than its lease, and goes on. */
  'freeze',
  /** Hints that get lost, come twice, overtake others, come late. */
  'drop',
  'duplicate',
  'reorder',
  'delay',
  /** A hint whose sender is told that it did not get through. */
  'fail-publish',
  /** A call fails: what it was to write is not written, or is written all the same. */
  'fail-before',
  'fail-after',
  /** A call that only asks, or keeps a session alive, fails. */
  'fail-read',
  /** Journals are handed out, and the answer is lost. */
  'lose-due',
  /** A load is answered from a replica that lags. */
  'stale-read',
  /** A call takes a while; a call takes longer than a lease. */
  'slow',
  'stall',
  /** The wall clock of a process is wrong from the beginning; it is set while the process lives. */
  'skew',
  'jump',
] as const

export type FaultKind = (typeof faultKinds)[number]

/** What may go wrong in a world, and how often. Plain data: printed with a failure, it can be played again. */
export interface FaultPlan {
  /** How likely each kind is, each time that it could happen. Absent: never. */
  readonly rates: Readonly<Partial<Record<FaultKind, number>>>
  /** How often a kind happens at most. */
  readonly most?: Readonly<Partial<Record<FaultKind, number>>>
  /** Occurrences after which nothing goes wrong any more, so that everything can come to its end. Default: `HEAL_AFTER`. */
  readonly healAfter?: number
  /** What is sent takes up to so long, as chance will have it. Default 0: no time passes, and the order is chance all the same. */
  readonly latencyMs?: number
  /** Whether another process begins in place of one that was killed. Default `true`. */
  readonly replace?: boolean
}

export const HEAL_AFTER = 2_000

export const noFaults: FaultPlan = { rates: {} }

/** Rates at which all kinds meet in one run of some hundred occurrences. */
const usual: Readonly<Record<FaultKind, number>> = {
  kill: 0.01,
  freeze: 0.01,
  drop: 0.2,
  duplicate: 0.2,
  reorder: 0.3,
  delay: 0.2,
  'fail-publish': 0.1,
  'fail-before': 0.05,
  'fail-after': 0.05,
  'fail-read': 0.05,
  'lose-due': 0.1,
  'stale-read': 0.1,
  slow: 0.1,
  stall: 0.01,
  skew: 0.5,
  jump: 0.02,
}

/** More losses of one body than this would convict it of killing its process. */
const MOST_LOSSES = 2

const mostOf = (kinds: readonly FaultKind[]): FaultPlan['most'] =>
  Object.fromEntries(kinds.flatMap((kind) => (losingKinds.includes(kind) ? [[kind, MOST_LOSSES]] : [])))

/** After these a body may run again; under all others nobody must notice anything. */
export const losingKinds: readonly FaultKind[] = ['kill', 'freeze', 'stall']

/** Kinds that no assertion may notice: nobody loses what it works at. */
export const harmlessKinds: readonly FaultKind[] = faultKinds.filter((kind) => !losingKinds.includes(kind))

/** These kinds, each as often as is usual, or that many times as often. */
export function planOf(kinds: readonly FaultKind[], times = 1): FaultPlan {
  const rates = Object.fromEntries(kinds.map((kind) => [kind, Math.min(1, usual[kind] * times)]))
  return { rates, most: mostOf(kinds) ?? {} }
}

export const mixedPlan: FaultPlan = planOf(faultKinds)
