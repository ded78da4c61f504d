import type { LedgerEntry } from './ledger.ts'

/** Less than it takes to find an item on the shelf. */
const IN_HAND_MS = 200

const kill = (): boolean => process.kill(process.pid, 'SIGKILL')

/**
 * Pulls the plug: once some items are packed and others are in hand, SIGKILL ends this process. Nothing of it can
 * catch that, tidy up, or tell anybody.
 */
export function dieWhilePacking(): (entry: LedgerEntry) => void {
  let packed = 0
  return ({ what, system }) => {
    if (system === 'table' && what === 'answered') packed += 1
    if (system === 'shelf' && what === 'called' && packed >= 3) setTimeout(kill, IN_HAND_MS)
  }
}
