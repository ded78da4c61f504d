import type { Material } from './evidence.js'
import type { LedgerLine } from './ledger.js'

const NONE: readonly LedgerLine[] = []
const indexes = new WeakMap<readonly LedgerLine[], ReadonlyMap<string, readonly LedgerLine[]>>()

/** The bodies that have begun in a run. A ledger is read once for all runs, and not once for each. */
export function beginsOf(runId: string, { ledger = NONE }: Material): readonly LedgerLine[] {
  const known = indexes.get(ledger)
  const index =
    known ??
    Map.groupBy(
      ledger.filter(({ what }) => what === 'begin'),
      ({ run }) => run,
    )
  if (!known) indexes.set(ledger, index)
  return index.get(runId) ?? NONE
}
