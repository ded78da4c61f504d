import { setTimeout as pass } from 'node:timers/promises'
import { addToLedger, type LedgerEntry, readLedger } from './ledger.ts'

/** What a step shows of itself when it calls: its context has all of it. */
export interface Caller {
  readonly path: readonly number[]
  readonly idempotencyKey: string
  readonly attemptKey: string
  readonly restart?: true
}

interface Calls {
  readonly folder: string
  /** Which of the demo's processes calls. */
  readonly process: number
  readonly noted: (entry: LedgerEntry) => void
}

let calls: Calls | undefined

/** To be said once in each process that runs steps. */
export function connectTo(given: Calls): void {
  calls = given
}

const connected = (): Calls => {
  if (!calls) throw new Error('`connectTo` comes first: it says where the ledger is')
  return calls
}

const answersAfterMs = {
  warehouse: 600,
  registry: 300,
  scoring: 450,
  carrier: 400,
  shelf: 300,
  table: 550,
  bank: 250,
  printer: 400,
  courier: 400,
}

type System = keyof typeof answersAfterMs

/** Stands in for a system that does not know wf: it takes its time, and writes down who called. */
export async function callSystem(system: System, caller: Caller, times = 1): Promise<void> {
  note('called', system, caller)
  await pass(answersAfterMs[system] * times)
  note('answered', system, caller)
}

/** A bank with bad days: it refuses the first two calls of each key, and charges each key once. */
export async function chargeOnce(caller: Caller): Promise<void> {
  note('called', 'bank', caller)
  await pass(answersAfterMs.bank)
  const { folder } = connected()
  const before = readLedger(folder).filter((entry) => entry.idempotencyKey === caller.idempotencyKey)
  if (before.filter(({ what }) => what === 'refused').length < 2) {
    note('refused', 'bank', caller)
    throw new Error('503 from the bank')
  }
  if (!before.some(({ what }) => what === 'charged')) note('charged', 'bank', caller)
  note('answered', 'bank', caller)
}

function note(what: LedgerEntry['what'], system: System, caller: Caller): void {
  const { folder, process, noted } = connected()
  const { idempotencyKey, attemptKey, restart = false } = caller
  const entry = { what, process, system, path: [...caller.path], idempotencyKey, attemptKey, restart, at: Date.now() }
  addToLedger(folder, entry)
  noted(entry)
}
