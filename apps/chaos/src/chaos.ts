import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { whatIsWrong } from './check-history.ts'
import type { Strikes } from './crash.ts'
import { type Figures, figuresOf } from './figures.ts'
import type { Fleet } from './fleet.ts'
import { openStorage } from './ground.ts'
import { historiesOf } from './histories.ts'
import { readLedger } from './ledger.ts'
import type { SiteName } from './site.ts'
import { sites } from './site.ts'
import { Supervisor } from './supervisor.ts'
import { undisturbedLogs } from './undisturbed.ts'

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
