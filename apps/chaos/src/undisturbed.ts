import { createDefaultEngine } from '@wf/engine-default'
import { type EventLog, recordedLogs } from '@wf/parity-tests'
import { createSqliteStorage } from '@wf/storage-sqlite'
import { createChaosWorkflow } from './workflow.ts'

/** What resumes bring. */
export const RESUMED_WITH = 1_000

/** The logs of the same runs where nobody dies; bodies give the same each time. */
export async function undisturbedLogs(inputs: ReadonlyMap<string, number>): Promise<readonly EventLog[]> {
  const storage = createSqliteStorage({ path: ':memory:' })
  const workflow = createChaosWorkflow({
    ledger: () => undefined,
    reach: () => undefined,
    pause: async () => undefined,
  })
  const engine = createDefaultEngine({ workflows: [workflow], storage })
  const play = async ([runId, inputData]: readonly [string, number]): Promise<void> => {
    const run = await engine.createRun(workflow, { runId })
    await run.start({ inputData })
    await run.resume({ resumeData: RESUMED_WITH })
  }
  await Promise.all([...inputs].map(play))
  const logs = await recordedLogs(storage)
  await engine.close()
  await storage.close()
  return logs
}
