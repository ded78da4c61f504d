import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Commit, isWorkflowError, type Storage } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createSqliteStorage } from '@wf/storage-sqlite'
import type { History } from './check-history.ts'
import { type Figures, figuresOf } from './figures.ts'
import type { Fleet } from './fleet.ts'
import { readLedger } from './ledger.ts'
import { Supervisor } from './supervisor.ts'
import { createChaosWorkflow } from './workflow.ts'

export interface Asked {
  readonly kills: number
  readonly runs: number
  readonly leaseMs: number
}

/** Kills processes that work on one file, and looks at what has become of their runs. */
export async function chaos(fleet: Fleet, asked: Asked): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'wf-chaos-'))
  const [database, ledger] = [join(folder, 'runs.db'), join(folder, 'ledger.jsonl')]
  const storage = createSqliteStorage({ path: database, synchronous: 'normal' })
  const begunAt = Date.now()
  try {
    const supervisor = new Supervisor({ fleet, ...asked, database, ledger, storage })
    await supervisor.run()
    const seconds = (Date.now() - begunAt) / 1_000
    const histories = await Promise.all([...supervisor.inputs].map(([run, input]) => historyOf(storage, run, input)))
    return figuresOf(fleet, readLedger(ledger), { histories, seconds })
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
