import type { LedgerEntry } from './ledger.ts'

/** What the outside systems saw, in figures. */
export interface Proof {
  readonly calls: number
  /** Different keys: the calls that the order needed. */
  readonly needed: number
  /** Calls that repeat one which the lost process had made and got no answer to. */
  readonly lost: readonly LedgerEntry[]
  /** Calls that repeat one which was refused. */
  readonly refused: number
  /** Calls that repeat one which was answered; none, unless its answer was lost before it was recorded. */
  readonly answered: readonly LedgerEntry[]
  readonly charges: number
}

/** Every call that came under a key before is a repetition; what became of the call before says why. */
export function proofOf(ledger: readonly LedgerEntry[]): Proof {
  const last = new Map<string, LedgerEntry['what']>()
  const repeated = { called: [] as LedgerEntry[], refused: 0, answered: [] as LedgerEntry[] }
  for (const entry of ledger) {
    const before = last.get(entry.idempotencyKey)
    if (entry.what === 'called' && before) {
      if (before === 'refused') repeated.refused += 1
      else repeated[before === 'answered' ? 'answered' : 'called'].push(entry)
    }
    last.set(entry.idempotencyKey, entry.what)
  }
  const count = (what: LedgerEntry['what']): number => ledger.filter((entry) => entry.what === what).length
  return {
    calls: count('called'),
    needed: last.size,
    lost: repeated.called,
    refused: repeated.refused,
    answered: repeated.answered,
    charges: count('charged'),
  }
}
