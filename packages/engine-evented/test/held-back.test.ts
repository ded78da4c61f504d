import { createWorkflow, type Durability } from '@wf/core'
import { beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { createPlace, type Place, step, turns } from './given.js'

const any = z.any()
const where: string[] = []
let gate = Promise.withResolvers<void>()

beforeEach(() => {
  where.length = 0
  gate = Promise.withResolvers<void>()
})

/** Asks, and then goes on; its bodies say where they run. */
function flowOf(name: string, durability?: Durability) {
  const note = step('note', () => void where.push(name))
  const wait = step('wait', () => gate.promise)
  const ask = step('ask', ({ resumeData, suspend }) => {
    where.push(name)
    return resumeData === undefined ? suspend() : resumeData
  })
  return createWorkflow({ id: 'flow', inputSchema: any, outputSchema: any, options: durability ? { durability } : {} })
    .then(note)
    .then(wait)
    .then(ask)
    .commit()
}

function twoProcesses(place: Place, durability?: Durability) {
  const [mine, theirs] = [flowOf('web', durability), flowOf('worker', durability)]
  return { mine, web: place.process(mine, { work: false }), worker: place.process(theirs), theirs }
}

for (const whose of ['workflow', 'run'] as const)
  it(`is refused with 'none' of the ${whose} by a process that runs nothing, with advice`, async () => {
    const place = createPlace()
    const { web, mine } = twoProcesses(place, whose === 'workflow' ? 'none' : undefined)
    const made = web.createRun(mine, whose === 'run' ? { durability: 'none' } : {})
    await expect(made).rejects.toMatchObject({
      code: 'WF_INVALID_OPTION',
      workflowId: 'flow',
      field: 'durability',
      message: expect.stringMatching(/runs nothing: give the run 'step' or 'exit', or make it in a process that works/),
    })
    await expect(web.createRun(mine, { durability: 'step' })).resolves.toBeDefined()
  })

it("stays in the process that made it with 'none', and nobody else hears of it", async () => {
  const place = createPlace()
  const { worker, theirs, web } = twoProcesses(place, 'none')
  gate.resolve()
  const run = await worker.createRun(theirs)
  expect(await run.start()).toMatchObject({ status: 'suspended' })
  expect([where, (await web.runs.list()).runs]).toEqual([['worker', 'worker'], []])
})

it("is held back with 'exit' while it runs, so that nobody else can run it, until it rests", async () => {
  const place = createPlace()
  const { worker, theirs, mine } = twoProcesses(place, 'exit')
  const other = place.process(mine)
  const run = await worker.createRun(theirs)
  const started = run.start()
  await turns()
  expect([where, await other.runs.get(run.runId)]).toEqual([['worker'], undefined])
  gate.resolve()
  expect(await started).toMatchObject({ status: 'suspended' })
  expect(await (await other.run(mine, run.runId))?.resume({ resumeData: 'yes' })).toMatchObject({ result: 'yes' })
})

it("goes to one that works with 'exit' when a process starts it that runs nothing", async () => {
  const place = createPlace()
  const { web, mine } = twoProcesses(place, 'exit')
  gate.resolve()
  const run = await web.createRun(mine)
  expect(await run.start()).toMatchObject({ status: 'suspended' })
  expect(await run.resume({ resumeData: 'yes' })).toMatchObject({ status: 'success', result: 'yes' })
  const again = await web.createRun(mine, { durability: 'exit', idempotencyKey: 'k' })
  await again.start()
  await (await web.run(mine, again.runId))?.resume({ resumeData: 'yes' })
  expect(where).toEqual(Array.from({ length: 6 }, () => 'worker'))
})
