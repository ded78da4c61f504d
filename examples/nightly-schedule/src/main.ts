import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { reportWorkflow } from './report-workflow.ts'

const engine = createDefaultEngine({ workflows: [reportWorkflow], storage: createMemoryStorage() })
// Whoever works on the workflow puts its schedule, and fires it: once now, and from then on by itself.
await engine.tick()
await engine.work()

const schedule = await engine.schedules.get('wf_report')
const berlin = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: 'Europe/Berlin' })
console.log(`the next report begins on ${berlin.format(schedule?.nextFireAt)} in Berlin`)

console.log('somebody does not want to wait until then')
const { runId } = await engine.schedules.trigger('wf_report')
const result = await (await engine.run(reportWorkflow, runId))?.result()
console.log(result?.status === 'success' ? `${runId}: ${result.result}` : result?.status)

await engine.schedules.pause('wf_report')
console.log(`while the shop is closed the schedule is ${(await engine.schedules.get('wf_report'))?.status}`)
await engine.close()
