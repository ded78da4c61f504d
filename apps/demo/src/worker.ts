import { join } from 'node:path'
import type { WatchEvent } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createSqliteStorage } from '@wf/storage-sqlite'
import { dieWhilePacking } from './accident.ts'
import { leaseMs, order, runId } from './demo-order.ts'
import { approve, orderWorkflow } from './order-workflow.ts'
import { connectTo } from './outside-world.ts'

// One process that works on the order. All that it shares with the others is a folder.
const [role = '', folder = '', number = ''] = process.argv.slice(2)

const storage = createSqliteStorage({ path: join(folder, 'journals.db') })
const engine = createDefaultEngine({ workflows: [orderWorkflow], storage, leaseMs })
const accident = dieWhilePacking()
connectTo({ folder, process: Number(number), noted: (entry) => role === 'start' && accident(entry) })

const roles: Readonly<Record<string, () => Promise<unknown>>> = {
  /** Starts the order, and would see it through, if it were not for the accident. */
  async start() {
    const run = await engine.createRun(orderWorkflow, { runId })
    run.watch(tell)
    return run.start({ inputData: order })
  },

  /** Takes up whatever others have left, until it is told to stop. The handle takes up nothing: it is for the notes. */
  async work() {
    const run = await engine.run(orderWorkflow, runId)
    run?.watch(tell)
    const worker = await engine.work()
    await new Promise((resolve) => process.once('message', resolve))
    await worker.stop()
  },

  /** Gives the answer that the order waits for, and sees it through. */
  async approve() {
    const run = await engine.run(orderWorkflow, runId)
    run?.watch(tell)
    return run?.resume({ step: approve, resumeData: { approvedBy: 'Ada' } })
  },
}

// Whoever started this process is gone: nobody looks any more.
process.on('disconnect', () => process.exit())

await roles[role]?.()
await engine.close()
await storage.close()
process.disconnect?.()

/** What steps write is not stored: only this process can pass it on. */
function tell(event: WatchEvent): void {
  if (event.type === 'workflow-step-output') process.send?.(event)
}
