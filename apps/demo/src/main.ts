import type { Storage, WorkflowState } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { approve } from './approve.ts'
import type { Order } from './order-schemas.ts'
import { orderWorkflow } from './order-workflow.ts'
import { outline } from './outline.ts'
import { pause } from './pause.ts'
import { gateway } from './payment-gateway.ts'
import { Progress } from './progress.ts'
import { createScreen } from './screen.ts'
import { watchedStorage } from './watched-storage.ts'

const runId = 'order-1042'
const inputData: Order = {
  orderId: '1042',
  country: 'NL',
  items: ['lamp', 'desk', 'chair', 'shelf', 'rug'].map((sku, index) => ({ sku, quantity: 1 + (index % 2), price: 40 })),
}

const screen = createScreen(outline(orderWorkflow.graph), process.stdout)
const progress = new Progress(orderWorkflow, screen)
const storage = watchedStorage(createMemoryStorage(), () => progress.changed())

screen.say(`An order of ${inputData.items.length} items goes through the workflow "${orderWorkflow.id}":`)

const question = await begin()
await pause(700)
await finish(question)

/** Runs the order until somebody has to say something, and then lets go of everything but the storage. */
async function begin(): Promise<string> {
  const engine = createDefaultEngine({ workflows: [orderWorkflow], storage })
  const run = await engine.createRun(orderWorkflow, { runId })
  progress.follow(engine, run)
  const result = await run.start({ inputData })
  await progress.shown()
  await engine.close()
  if (result.status !== 'suspended') throw new Error(`the run should be suspended, but is ${result.status}`)
  return String(result.suspendPayload.approve?.question)
}

/** Another engine knows nothing but the storage, and goes on where the first one stopped. */
async function finish(asked: string): Promise<void> {
  screen.say(`Suspended: "${asked}"\nThe engine is closed; only the journal is left. Ada says yes, to a new engine:`)
  const engine = createDefaultEngine({ workflows: [orderWorkflow], storage })
  const run = await engine.run(orderWorkflow, runId)
  if (!run) throw new Error(`the storage does not know the run "${runId}"`)
  progress.follow(engine, run)
  const result = await run.resume({ step: approve, resumeData: { approvedBy: 'Ada' } })
  await progress.shown()
  const snapshot = await engine.runs.get(runId)
  await engine.close()
  if (result.status !== 'success') throw new Error(`the run should have succeeded, but is ${result.status}`)
  screen.say(await summary(result.result.trackingId, snapshot))
  await storage.close()
}

async function summary(trackingId: string, run: WorkflowState | undefined): Promise<string> {
  const ms = run ? run.updatedAt - run.createdAt : 0
  return `Done: ${trackingId} is on its way, ${(ms / 1000).toFixed(1)} s after the order came in.
  Payment: the gateway was called ${gateway.calls} times under one idempotency key and charged ${gateway.charges.size === 1 ? 'once' : `${gateway.charges.size} times`}.
  Journal: ${await journalSize(storage)}.

Look next:
  apps/demo/src/order-workflow.ts   the workflow that you have just seen
  README.md                         the smallest example, and what is guaranteed
  docs/getting-started.md           the same step by step
  ARCHITECTURE.md                   how it works inside`
}

async function journalSize(from: Storage): Promise<string> {
  const [journal] = await from.load([{ journal: { namespace: 'default', kind: 'run', id: runId } }])
  const commits = journal?.commits ?? []
  return `${commits.flatMap(({ entries }) => entries).length} entries in ${commits.length} commits`
}
