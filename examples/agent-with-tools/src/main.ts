import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { clerkWorkflow, type Shop } from './clerk-workflow.ts'
import { scriptedModel } from './scripted-model.ts'

const shop: Shop = {
  find: async () => ({ item: 'lamp', euros: 40 }),
  refund: async ({ euros, orderId }) => console.log(`  the bank pays ${euros} € for order ${orderId}`),
}
const workflow = clerkWorkflow({ model: scriptedModel(), shop })
const engine = createDefaultEngine({ workflows: [workflow], storage: createMemoryStorage() })
const run = await engine.createRun(workflow)

console.log('Ann: The lamp of order 1042 is broken.')
const output = run.stream({ inputData: { customer: 'Ann', asks: 'The lamp of order 1042 is broken.' } })
for await (const event of output) {
  if (event.type !== 'workflow-step-output') continue
  const chunk = event.payload.output as { type: string; text?: string; toolName?: string; input?: unknown }
  if (chunk.type === 'text-delta') console.log(`  clerk: ${chunk.text}`)
  if (chunk.type === 'tool-call') console.log(`  clerk calls ${chunk.toolName} with ${JSON.stringify(chunk.input)}`)
}
console.log(`The run is ${(await output.result).status}: somebody has to agree. They do.`)

const result = await run.resume({ step: 'clerk', resumeData: { approved: true } })
console.log(result.status === 'success' ? result.result.letter : result.status)
await engine.close()
