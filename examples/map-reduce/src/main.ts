import { createEventedEngine } from '@wf/engine-evented'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { countWorkflow } from './count-workflow.ts'
import { documents } from './documents.ts'

// Two workers that share the items. On machines of their own they meet in a storage and a pub/sub for many processes.
const shared = { storage: createMemoryStorage(), pubsub: createMemoryPubSub() }
const workers = [1, 2].map(() => createEventedEngine({ ...shared, workflows: [countWorkflow], concurrency: 50 }))
const [engine] = workers
if (!engine) throw new Error('no worker')

const inputData = documents(10_000)
const run = await engine.createRun(countWorkflow)
run.watch((event) => {
  if (event.type !== 'workflow-step-progress') return
  const { completedCount, totalCount } = event.payload
  if (completedCount % 2000 === 0) console.log(`${completedCount} of ${totalCount} documents`)
})

const begun = performance.now()
const result = await run.start({ inputData })
console.log(result.status === 'success' ? result.result : result.status)
console.log(`${inputData.length} documents in ${((performance.now() - begun) / 1000).toFixed(1)} s`)
await Promise.all(workers.map((worker) => worker.close()))
