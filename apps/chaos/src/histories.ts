import { inspect } from 'node:util'
import type { Commit, Storage } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import type { History } from './check-history.ts'
import { createChaosWorkflow } from './workflow.ts'

/** What became of runs, as a process tells it that comes later. */
export async function historiesOf(storage: Storage, inputs: ReadonlyMap<string, number>): Promise<readonly History[]> {
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
