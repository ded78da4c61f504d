import { createStep, createWorkflow, type WorkflowStreamEvent } from '@wf/core'
import { restTopic } from '@wf/core/hints'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createPlace, step, turns, workflow } from './given.js'

/** A chain whose second step waits. */
function chain() {
  const gate = Promise.withResolvers<void>()
  const flow = workflow('chain')
    .then(step('a'))
    .then(step('b', () => gate.promise))
    .then(step('c'))
    .commit()
  return { flow, open: gate.resolve }
}

it.each([true, false])('whoever watches is told at once of what others do, elsewhere: %s', async (isElsewhere) => {
  const place = createPlace()
  const [mine, theirs] = [chain(), chain()]
  const web = place.process(mine.flow, { work: !isElsewhere })
  if (isElsewhere) place.process(theirs.flow)
  const output = (await web.createRun(mine.flow)).stream({ inputData: 1 })
  const events = output.fullStream.getReader()
  const types: (string | undefined)[] = []
  // No time passes.
  for (let count = 0; count < 4; count += 1) types.push((await events.read()).value?.type)
  const each = ['workflow-step-start', 'workflow-step-result']
  expect(types).toEqual(['workflow-start', ...each, 'workflow-step-start'])
  mine.open()
  theirs.open()
  for (let read = await events.read(); !read.done; read = await events.read()) types.push(read.value.type)
  expect(types.slice(3)).toEqual([...each, ...each, 'workflow-finish'])
  expect((await output.result).status).toBe('success')
})

it('nobody is told of runs that nobody watches any longer', async () => {
  const place = createPlace()
  const { flow, open } = chain()
  open()
  const web = place.process(flow, { work: false })
  place.process(flow)
  let moved = 0
  await place.pubsub.subscribe(restTopic('default'), {}, async (hints) => {
    moved += hints.filter((hint) => hint.includes('workflow.moved')).length
  })
  await (await web.createRun(flow)).stream({}).consumeStream()
  await turns()
  const before = moved
  expect(before).toBeGreaterThan(0)
  await (await web.createRun(flow)).start({})
  await turns()
  expect(moved).toBe(before)
})

/** A step that says one thing after the other, as far as it is let. */
function talking() {
  const gates = [0, 1, 2].map(() => Promise.withResolvers<void>())
  const talks = createStep({
    id: 'talks',
    inputSchema: z.unknown(),
    outputSchema: z.unknown(),
    async execute({ writer }) {
      for (const [n, gate] of gates.entries()) {
        await writer.write(n)
        await writer.custom({ type: 'data-n', data: { n } })
        await gate.promise
      }
      return 'said'
    },
  })
  const flow = createWorkflow({ id: 'talking', inputSchema: z.unknown(), outputSchema: z.unknown() })
    .then(talks)
    .commit()
  return { flow, goOn: (n: number) => gates[n]?.resolve() }
}

const wordOf = (event: WorkflowStreamEvent | undefined): unknown => {
  if (event?.type === 'workflow-step-output') return event.payload.output
  return event?.type === 'data-n' && 'data' in event ? event.data : event?.type
}

it('what a step says reaches those who watch in other processes, at once', async () => {
  const place = createPlace()
  const [mine, theirs] = [talking(), talking()]
  const web = place.process(mine.flow, { work: false })
  place.process(theirs.flow)
  const events = (await web.createRun(mine.flow)).stream({}).fullStream.getReader()
  const told: unknown[] = []
  for (const n of [0, 1, 2]) {
    for (let count = n === 0 ? 4 : 2; count > 0; count -= 1) told.push(wordOf((await events.read()).value))
    theirs.goOn(n)
  }
  for (let read = await events.read(); !read.done; read = await events.read()) told.push(wordOf(read.value))
  const said = [0, { n: 0 }, 1, { n: 1 }, 2, { n: 2 }]
  expect(told).toEqual(['workflow-start', 'workflow-step-start', ...said, 'workflow-step-result', 'workflow-finish'])
})

it('who comes while a step speaks is told that something is missing, and then what is said from then on', async () => {
  const place = createPlace()
  const [mine, theirs] = [talking(), talking()]
  const web = place.process(mine.flow, { work: false })
  place.process(theirs.flow)
  const run = await web.createRun(mine.flow)
  await run.startAsync({})
  await turns()
  const events = run.observe().getReader()
  const told = [wordOf((await events.read()).value), wordOf((await events.read()).value)]
  await turns()
  for (const n of [0, 1, 2]) theirs.goOn(n)
  for (let read = await events.read(); !read.done; read = await events.read()) told.push(wordOf(read.value))
  const said = [1, { n: 1 }, 2, { n: 2 }]
  const before = ['workflow-start', 'workflow-step-start', 'workflow-gap']
  expect(told).toEqual([...before, ...said, 'workflow-step-result', 'workflow-finish'])
})
