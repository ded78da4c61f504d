import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { type Agency, tripWorkflow } from './trip-workflow.ts'

/** Has no car for the second traveller. */
const agency: Agency = {
  async book({ key, what }) {
    if (key === 'trip-2/car') throw new Error('no car left')
    console.log(`  booked ${what} under ${key}`)
  },
  cancel: async (key) => console.log(`  canceled ${key}`),
}

const workflow = tripWorkflow(agency)
const engine = createDefaultEngine({ workflows: [workflow], storage: createMemoryStorage() })
for (const [runId, traveller] of [
  ['trip-1', 'Ada'],
  ['trip-2', 'Bob'],
] as const) {
  console.log(`${traveller} wants a flight, a hotel and a car`)
  const result = await (await engine.createRun(workflow, { runId })).start({ inputData: { traveller } })
  console.log(`  ${result.status === 'success' ? result.result.text : result.status}`)
}

console.log('\nWhat became of the second one, for https://mermaid.live:\n')
console.log(workflow.toMermaid(await engine.runs.get('trip-2')))
await engine.close()
