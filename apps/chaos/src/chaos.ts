import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Commit, isWorkflowError, type Storage } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createSqliteStorage } from '@wf/storage-sqlite'
import { attempts, checkHistory, type History } from './check-history.ts'
import { points } from './crash.ts'
import { readLedger } from './ledger.ts'
import { recoveryTimes } from './recovery-times.ts'
import { Supervisor } from './supervisor.ts'
import { createChaosWorkflow } from './workflow.ts'

export interface Figures {
  readonly processes: number
  readonly kills: Readonly<Record<string, number>>
  readonly runs: number
  readonly bodies: number
  /** Bodies that ran again because their process was lost. */
  readonly extraBodies: number
  /** Bodies whose living process was taken for dead: the machine stood still for longer than a lease. */
  readonly stalls: number
  readonly medianRecoveryMs: number
  readonly maxRecoveryMs: number
  readonly wrong: readonly string[]
}

export const LEASE_MS = 1_000

/** Kills processes that work on one file, and looks at what has become of their runs. */
export async function chaos(processes: number, kills: number): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'wf-chaos-'))
  const [database, ledger] = [join(folder, 'runs.db'), join(folder, 'ledger.jsonl')]
  const storage = createSqliteStorage({ path: database, synchronous: 'normal' })
  try {
    const supervisor = new Supervisor({ processes, kills, leaseMs: LEASE_MS, database, ledger, storage })
    await supervisor.run()
    const histories = await Promise.all([...supervisor.inputs].map(([run, input]) => historyOf(storage, run, input)))
    return figuresOf(processes, readLedger(ledger), histories)
  } finally {
    await storage.close()
    rmSync(folder, { recursive: true })
  }
}

async function historyOf(storage: Storage, run: string, input: number): Promise<History> {
  const journal: Commit['journal'] = { namespace: 'default', kind: 'run', id: run }
  const [slice] = await storage.load([{ journal }])
  const workflow = createChaosWorkflow({ ledger: () => undefined, reach: () => undefined })
  const engine = createDefaultEngine({ workflows: [workflow], storage })
  const state = await engine.runs.get(run).catch((error: unknown) => {
    if (isWorkflowError(error)) return undefined
    throw error
  })
  await engine.close()
  return { run, input, result: state?.result, commits: slice?.commits ?? [] }
}

function figuresOf(processes: number, lines: ReturnType<typeof readLedger>, histories: readonly History[]): Figures {
  const kills = lines.flatMap((line) => (line.type === 'kill' ? [line.point] : []))
  const times = [...recoveryTimes(lines, histories, processes)].sort((one, other) => one - other)
  const bodies = lines.filter(({ type }) => type === 'body').length
  return {
    processes,
    kills: Object.fromEntries(points.map((point) => [point, kills.filter((one) => one === point).length])),
    runs: histories.length,
    bodies,
    extraBodies: bodies - attempts(lines).size,
    stalls: lines.filter(({ type }) => type === 'lost').length,
    medianRecoveryMs: times[Math.floor(times.length / 2)] ?? 0,
    maxRecoveryMs: times.at(-1) ?? 0,
    wrong: histories.flatMap((history) => checkHistory(history, lines)),
  }
}
