import { leaseMs } from './demo-order.ts'
import type { LedgerEntry } from './ledger.ts'
import { type Proof, proofOf } from './proof.ts'
import { keyOf, type Stage } from './stage.ts'

interface Ending {
  readonly stage: Stage
  readonly trackingId: string
  /** Keys of the steps whose results were recorded when process 1 was killed. */
  readonly kept: ReadonlySet<string>
  readonly recoveryMs: number
}

/** What was proven, in figures, and where to go from here. */
export function summary({ stage, trackingId, kept, recoveryMs }: Ending): string {
  const ledger = stage.ledger()
  const proof = proofOf(ledger)
  const repeated = proof.lost.map((entry) => again(entry, ledger))
  const keptAgain = callsAfterLoss(ledger).filter((entry) => kept.has(keyOf(entry))).length
  return `Done: ${trackingId} is on its way.

In figures, from the books of the systems that were called:
${calls(proof)}
  kept      ${kept.size} steps were recorded when process 1 was killed; ${keptAgain} of them were run again.
${repeated.sort().join('\n')}
  money     ${bank(ledger, proof)}
  recovery  ${(recoveryMs / 1000).toFixed(1)} s from the SIGKILL to the first call of process 2; the lease is ${leaseMs / 1000} s from the last sign of life.
  storage   ${stage.processes.all.length} processes, no two of them at a time, and one SQLite file.

Look next:
  apps/demo/src/order-workflow.ts  the workflow that you have just seen
  apps/demo/src/worker.ts          all that its processes do: start, work, approve
  README.md                        the smallest example, and what is there
  docs/getting-started.md          the same step by step
  docs/guarantees.md               what may be relied on, whatever is lost
  npm test                         proves it`
}

const calls = ({ calls: all, needed, lost, refused, answered }: Proof): string => {
  const why = [`${lost.length} repeated what process 1 had in hand`, `${refused} what the bank had refused`]
  if (answered.length > 0) why.push(`${answered.length} what was answered and not yet recorded`)
  return `  calls     ${all}, of which the order needed ${needed}; ${why.join(', ')}.`
}

/** Both attempts of one step, by their keys. */
function again(entry: LedgerEntry, ledger: readonly LedgerEntry[]): string {
  const key = entry.idempotencyKey
  const attempts = ledger.filter(({ what, idempotencyKey }) => what === 'called' && idempotencyKey === key)
  const told = attempts.map(({ process, restart }) => `process ${process}${restart ? ' with `restart: true`' : ''}`)
  return `  again     ${keyOf(entry)} ran in ${told.join(' and in ')}, under one key: ${key}.`
}

const callsAfterLoss = (ledger: readonly LedgerEntry[]): readonly LedgerEntry[] =>
  ledger.filter(({ what, process }) => what === 'called' && process > 1)

function bank(ledger: readonly LedgerEntry[], { charges }: Proof): string {
  const asked = ledger.filter(({ what, system }) => what === 'called' && system === 'bank')
  const keys = new Set(asked.map(({ idempotencyKey }) => idempotencyKey)).size
  const times = charges === 1 ? 'once' : `${charges} times`
  return `The bank was called ${asked.length} times under ${keys === 1 ? 'one key' : `${keys} keys`} and charged ${times}.`
}
