import { restTopic } from '@wf/core/hints'
import { expect, it } from 'vitest'
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
