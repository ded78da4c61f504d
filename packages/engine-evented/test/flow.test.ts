import { createWorkflow, type FlowEvent } from '@wf/core'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { type Body, chainOf, createPlace, step, turns, workflow } from './given.js'
import { listenTo } from './listen.js'

const ask = step('ask', ({ resumeData, suspend }) => (resumeData === undefined ? suspend() : resumeData))
const asking = workflow('asking').then(step('first')).then(ask).commit()

const told = (events: readonly FlowEvent[]) =>
  events.map(({ type, step: id, status }) => [type, id, status].filter((part) => part !== undefined).join(' '))

it('shows to `observe` what happens in a run, in order, in the process that writes it', async () => {
  const place = createPlace()
  const seen: FlowEvent[] = []
  const engine = place.process(asking, { observe: (event) => seen.push(event) })
  const run = await engine.createRun(asking, { runId: 'r' })
  await run.start({ inputData: 1 })
  await run.resume({ resumeData: 2 })
  expect(told(seen)).toEqual([
    'workflow.start',
    'workflow.step.run first',
    'workflow.step.end first success',
    'workflow.step.run ask',
    'workflow.step.end ask suspended',
    'workflow.suspend suspended',
    'workflow.resume',
    'workflow.step.run ask',
    'workflow.step.end ask success',
    'workflow.end success',
  ])
  expect(new Set(seen.map(({ runId, workflowId }) => `${runId} of ${workflowId}`))).toEqual(new Set(['r of asking']))
  const versions = seen.map(({ version }) => version)
  expect(versions).toEqual([...versions].sort((one, other) => one - other))
})

it('shows what fails and what is canceled', async () => {
  const place = createPlace()
  const seen: FlowEvent[] = []
  const failing = workflow('failing')
    .then(
      step('boom', () => {
        throw new Error('no')
      }),
    )
    .commit()
  const never = workflow('never')
    .then(step('hangs', () => new Promise(() => {})))
    .commit()
  const engine = place.process([failing, never], { observe: (event) => seen.push(event) })
  await (await engine.createRun(failing)).start()
  expect(told(seen).slice(2)).toEqual(['workflow.step.end boom failed', 'workflow.fail failed'])
  const run = await engine.createRun(never)
  await run.startAsync()
  await run.cancel()
  await turns()
  expect(told(seen).slice(6)).toEqual(['workflow.cancel', 'workflow.end canceled'])
})

it('is not disturbed by an `observe` that throws, and says so', async () => {
  const place = createPlace()
  const engine = place.process(asking, {
    observe() {
      throw new Error('of the user')
    },
  })
  expect((await (await engine.createRun(asking)).start()).status).toBe('suspended')
  expect(place.said.lines[0]).toBe('error: `observe` of the engine threw')
})

it('tells the bus of every start, step, resume and rest when every step is published, in few bytes', async () => {
  const place = createPlace()
  const heard = await listenTo(place.pubsub, asking)
  const engine = place.process(asking, { work: false })
  place.process(asking, { dispatch: 'always-publish' })
  const run = await engine.createRun(asking)
  await run.start({ inputData: 'x'.repeat(10_000) })
  await run.resume({ resumeData: 2 })
  await turns()
  const on = (topic: string) => heard.filter((one) => one.topic === topic).map(({ type }) => type)
  expect(on('work')).toEqual(['workflow.start', 'workflow.step.end', 'workflow.resume'])
  expect(on('rest')).toEqual(['workflow.suspend', 'workflow.end'])
  for (const { v, bytes, runId, workflowId, version } of heard) {
    expect([v, runId, workflowId, version > 0]).toEqual([1, run.runId, 'asking', true])
    expect(bytes).toBeLessThanOrEqual(200)
  }
})

it('tells the bus of work as `workflow.step.run`, of a failure and of a cancel', async () => {
  const place = createPlace()
  const boom = step('boom', () => {
    throw new Error('no')
  })
  const failing = workflow('failing')
    .parallel([step('a'), step('b'), boom])
    .commit()
  const never = workflow('never')
    .then(step('hangs', () => new Promise(() => {})))
    .commit()
  const heard = await listenTo(place.pubsub, failing, never)
  const web = place.process([failing, never], { work: false })
  place.process([failing, never])
  await (await web.createRun(failing)).start()
  const run = await web.createRun(never)
  await run.startAsync()
  await turns()
  await run.cancel()
  await turns()
  const on = (topic: string) => heard.filter((one) => one.topic === topic).map(({ type }) => type)
  expect(on('work')).toEqual(['workflow.start', 'workflow.step.run', 'workflow.step.run', 'workflow.start'])
  expect(on('rest')).toEqual(['workflow.fail', 'workflow.end'])
  expect(on('cancel')).toEqual(['workflow.cancel'])
})

it('tells the bus of a rest as what it is, also where callbacks come after it', async () => {
  const place = createPlace()
  const calls: unknown[] = []
  const note = ({ status }: { readonly status: string }) => void calls.push(status)
  const called = (id: string, body: Body) =>
    createWorkflow({ id, inputSchema: z.any(), outputSchema: z.any(), options: { onFinish: note } })
      .then(step('only', body))
      .commit()
  const boom = called('boom', () => {
    throw new Error('no')
  })
  const asks = called('asks', ({ suspend }) => suspend())
  const fine = called('fine', () => 1)
  const heard = await listenTo(place.pubsub, boom, asks, fine)
  const engine = place.process([boom, asks, fine])
  for (const flow of [boom, asks, fine]) await (await engine.createRun(flow)).start()
  await turns()
  expect(calls).toEqual(['failed', 'suspended', 'success'])
  const rests = heard.filter(({ topic }) => topic === 'rest')
  expect(told(rests)).toEqual(['workflow.fail failed', 'workflow.suspend suspended', 'workflow.end success'])
})

it('says nothing on the bus of what goes on in one process, but where it rests', async () => {
  const place = createPlace()
  const long = chainOf('chain', 100)
  const heard = await listenTo(place.pubsub, long)
  const engine = place.process(long)
  await (await engine.createRun(long)).start()
  await turns()
  expect(heard.map(({ topic, type }) => `${topic} ${type}`)).toEqual(['rest workflow.end'])
})

it('aborts a body that runs in another process as soon as the hint of the cancel is there', async () => {
  const place = createPlace()
  const reason = Promise.withResolvers<unknown>()
  const begun = Promise.withResolvers<void>()
  const never = workflow('never')
    .then(
      step('hangs', ({ abortSignal }) => {
        begun.resolve()
        abortSignal.addEventListener('abort', () => reason.resolve(abortSignal.reason))
        return new Promise(() => {})
      }),
    )
    .commit()
  const web = place.process(never, { work: false })
  place.process(never)
  const run = await web.createRun(never)
  await run.startAsync()
  await begun.promise
  expect(await run.cancel()).toBe('canceled')
  // The clock stands still: no look at the storage has come in between.
  expect(await reason.promise).toBe('canceled')
})
