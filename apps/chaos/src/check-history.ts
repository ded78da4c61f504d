import type { Slice, Storage } from '@wf/core'
import { type ClientCall, checkHistory, type EventLog, type Faults, tellViolations } from '@wf/parity-tests'
import type { Written } from './ledger.ts'
import { STOPPED_LEASES } from './supervisor.ts'
import { claimsOf } from './told-claims.ts'
import { expected } from './workflow.ts'

export interface History {
  readonly run: string
  readonly input: number
  readonly status: string | undefined
  readonly result: unknown
  /** Why it failed, if it did. */
  readonly error: string | undefined
  readonly commits: Slice['commits']
}

interface Told {
  readonly type: string
  readonly status?: string
  /** What it is about. */
  readonly at?: string
}

export interface Course {
  readonly storage: Storage
  readonly histories: readonly History[]
  readonly lines: readonly Written[]
  readonly leaseMs: number
  /** What was acknowledged. */
  readonly calls: readonly ClientCall[]
  /** The logs of the same runs where nobody has died. */
  readonly undisturbed: readonly EventLog[]
}

/** What is wrong with all that has happened, in sentences; nothing, when it is as if nobody had ever died. */
export async function whatIsWrong({
  storage,
  histories,
  lines,
  leaseMs,
  ...known
}: Course): Promise<readonly string[]> {
  const byRun = Map.groupBy(lines, ({ run }) => run)
  const causes = { struck: struckIn(lines), gaps: gapsOf(lines, leaseMs) }
  const wrong = histories.flatMap((history) => wrongIn(history, byRun.get(history.run) ?? [], causes))
  const faults = {
    ...faultsIn(causes, lines, histories),
    healed: { at: healedAt(lines, leaseMs), now: Date.now(), leaseMs },
  }
  const calls = [...known.calls, ...histories.map(toldAtTheEnd)]
  const violations = await checkHistory({ ...known, storage, ledger: begins(lines), calls, faults })
  return violations.length > 0 ? [...wrong, tellViolations(violations)] : wrong
}

const toldAtTheEnd = ({ run, result, status }: History): ClientCall => ({
  call: 'get',
  run,
  outcome: 'ok',
  ...(status !== undefined && { status }),
  ...(result !== undefined && { result }),
})

/** When the last of it was over; who was stopped goes on, and who was taken for dead learns of it, within some leases. */
function healedAt(lines: readonly Written[], leaseMs: number): number {
  const disturbing = lines.filter(({ type }) => type === 'kill' || type === 'back' || type === 'stop')
  return Math.max(0, ...disturbing.map(({ type, at }) => (type === 'stop' ? at + STOPPED_LEASES * leaseMs : at)))
}

/** What this workflow should have come to; that its journal is in order is looked at elsewhere. */
function wrongIn({ run, input, result, error, commits }: History, told: readonly Written[], causes: Causes) {
  const facts = commits.flatMap(({ entries }) => entries.map(({ fact }) => JSON.parse(fact) as Told))
  const wrong: string[] = []
  const ends = facts.filter(({ type }) => type === 'run-ended')
  if (ends.length !== 1 || ends[0]?.status !== 'success')
    wrong.push(`it has ${ends.length} ends: ${ends.map(({ status }) => status).join()} ${error ?? ''}`)
  if (result !== expected(input)) wrong.push(`its result is ${String(result)}, not ${expected(input)}`)
  // Whoever stood still may tell of a result later than others: it is written down, and has no effect.
  const results = new Set(facts.flatMap(({ type, at }) => (type === 'step-succeeded' ? [at] : []))).size
  if (results !== STEPS) wrong.push(`${results} steps have results, not ${STEPS}`)
  if (!told.some((line) => line.type === 'callback' && line.status === 'success'))
    wrong.push('its last callback was never made')
  return [...wrong, ...unexplained(told, causes)].map((text) => `run "${run}": ${text}`)
}

/** Steps of one run that must have a result: each item is one. */
const STEPS = 15

/**
 * Executions of one attempt but one must belong to processes that were killed or stood still, or were taken for dead, also
 * because nobody could reach the storage. Whoever stood still between claim and body may be the last to begin.
 */
function unexplained(told: readonly Written[], { struck, gaps }: Causes): readonly string[] {
  const wrong: string[] = []
  for (const [key, executions] of attempts(told)) {
    const lost = new Set(told.filter((line) => line.type === 'lost' && line.key === key).map(({ process }) => process))
    const open = executions.filter(({ process, at }, index) => {
      const until = executions[index + 1]?.at ?? at
      return !struck.has(process) && !lost.has(process) && !gaps.some((gap) => gap.from <= until && gap.to >= at)
    })
    for (const { process } of open.slice(0, -1)) wrong.push(`attempt ${key} was made again though ${process} lived`)
  }
  return wrong
}

/** Why a body may run again. */
interface Causes {
  /** Processes that were killed, or stood still. */
  readonly struck: ReadonlySet<string>
  readonly gaps: readonly Gap[]
}

const struckIn = (lines: readonly Written[]): ReadonlySet<string> =>
  new Set(lines.filter(({ type }) => type === 'kill' || type === 'stop').map(({ process }) => process))

interface Gap {
  readonly from: number
  readonly to: number
}

/** When nobody could reach the storage; whose session has expired meanwhile may learn of it a lease later. */
function gapsOf(lines: readonly Written[], leaseMs: number): readonly Gap[] {
  const gaps: Gap[] = []
  let from: number | undefined
  for (const line of lines) {
    if ((line.type !== 'away' && line.type !== 'back') || line.of === 'pubsub') continue
    if (line.type === 'away') from = line.at
    else if (from !== undefined) gaps.push({ from, to: line.at + leaseMs })
  }
  return gaps
}

/** Executions by the attempt that they belong to, in order. */
export function attempts(lines: readonly Written[]): ReadonlyMap<string, readonly Written[]> {
  const found = new Map<string, Written[]>()
  for (const line of lines) {
    if (line.type !== 'body') continue
    const executions = found.get(line.key)
    if (executions) executions.push(line)
    else found.set(line.key, [line])
  }
  return found
}

/** The ledger as rules of histories read it. */
const begins = (lines: readonly Written[]) =>
  lines.flatMap((line) => {
    if (line.type !== 'body') return []
    const { run, key: attemptKey, process, at } = line
    const idempotencyKey = attemptKey.slice(0, attemptKey.lastIndexOf(':'))
    return [{ what: 'begin' as const, run, idempotencyKey, attemptKey, process, at }]
  })

/** Sessions of struck processes may be lost, and any of them while the storage is away. */
function faultsIn({ struck, gaps }: Causes, lines: readonly Written[], histories: readonly History[]): Faults {
  const mistaken = lines.filter(({ type }) => type === 'lost').map(({ process }) => process)
  const all = new Set([...struck, ...mistaken])
  const sessions = histories.flatMap(({ commits }) => [...claimsOf(commits).values()])
  const lost = sessions.filter(({ process }) => all.has(process)).map(({ session }) => session)
  return { lost: gaps.length > 0 ? 'any' : [...new Set(lost)], closed: 'any' }
}
