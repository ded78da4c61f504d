import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import type { Commit, Storage } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { type History, whatIsWrong } from './check-history.ts'
import type { Strikes } from './crash.ts'
import { type Figures, figuresOf } from './figures.ts'
import type { Fleet } from './fleet.ts'
import { openStorage } from './ground.ts'
import { readLedger } from './ledger.ts'
import type { SiteName } from './site.ts'
import { sites } from './site.ts'
import { Supervisor } from './supervisor.ts'
import { undisturbedLogs } from './undisturbed.ts'
import { createChaosWorkflow } from './workflow.ts'

export interface Asked extends Strikes {
  readonly on: SiteName
  readonly runs: number
  readonly leaseMs: number
  /** Servers that are restarted, and processes that are stopped for a while, in turn. */
  readonly disturbances: number
}

/** Kills processes that work on one storage, and looks at what has become of their runs. */
export async function chaos(fleet: Fleet, { on, ...asked }: Asked): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'wf-chaos-'))
  const ledger = join(folder, 'ledger.jsonl')
  const site = await sites[on](folder)
  const { ground } = site
  const storage = openStorage(ground)
  const begunAt = Date.now()
  try {
    const supervisor = new Supervisor({ fleet, ...asked, site, ledger, storage })
    await supervisor.run()
    const seconds = (Date.now() - begunAt) / 1_000
    const histories = await historiesOf(storage, supervisor.inputs)
    const lines = readLedger(ledger)
    const undisturbed = await undisturbedLogs(supervisor.inputs)
    const { calls, left } = supervisor
    const wrong = await whatIsWrong({ storage, histories, lines, leaseMs: asked.leaseMs, calls, undisturbed })
    return { on, ...figuresOf(fleet, lines, histories), seconds, wrong: [...wrong, ...left] }
  } finally {
    await storage.close()
    await site.end()
    rmSync(folder, { recursive: true })
  }
}

async function historiesOf(storage: Storage, inputs: ReadonlyMap<string, number>): Promise<readonly History[]> {
  const workflow = createChaosWorkflow({ ledger: () => undefined, reach: () => undefined })
  const engine = createDefaultEngine({ workflows: [workflow], storage })
  const histories: History[] = []
  for (const [run, input] of inputs) {
    const journal: Commit['journal'] = { namespace: 'default', kind: 'run', id: run }
    const [slice] = await storage.load([{ journal }])
    const state = slice && (await engine.runs.get(run))
    const error = state?.error && inspect(state.error)
    const { status, result } = state ?? {}
    histories.push({ run, input, status, result, error, commits: slice?.commits ?? [] })
  }
  await engine.close()
  return histories
}
