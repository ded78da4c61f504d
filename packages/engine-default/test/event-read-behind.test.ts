import { createStep, createWorkflow, type Storage } from '@wf/core'
import { expect, it } from 'vitest'
import { createDefaultEngine } from '../src/index.js'
import { any, LEASE_MS, options, setUp } from './event-set-up.js'

/** A storage whose answers to whoever reads on in a run come when they are let go. */
function heldUp(kept: Storage) {
  const reads: PromiseWithResolvers<void>[] = []
  const state = { isHeldUp: false }
  const load: Storage['load'] = async (asked) => {
    const answers = await kept.load(asked)
    if (!state.isHeldUp || !asked.some(({ journal, after = 0 }) => journal.kind === 'run' && after > 0)) return answers
    const read = Promise.withResolvers<void>()
    reads.push(read)
    await read.promise
    return answers
  }
  return { state, reads, storage: Object.assign(Object.create(kept), { load }) as Storage }
}

it('an event is not taken for one that nobody waits for by who was reading the run before it waited', async () => {
  const ask = createStep({
    id: 'ask',
    inputSchema: any,
    outputSchema: any,
    execute: ({ resumeData, suspend }) => resumeData ?? suspend(),
  })
  const workflow = createWorkflow(options).then(ask).waitForEvent('paid').commit()
  const { clock, storage, make } = setUp(workflow)
  const { reads, state, storage: slow } = heldUp(storage)
  const one = createDefaultEngine({ workflows: [workflow], storage: slow, clock, leaseMs: LEASE_MS })
  const run = await one.createRun(workflow, { runId: 'r' })
  expect(await run.start({})).toMatchObject({ status: 'suspended' })

  state.isHeldUp = true
  const looked = one.runs.get('r')
  await expect.poll(() => reads.length).toBe(1)
  state.isHeldUp = false
  const other = make()
  const resumed = (await other.run(workflow, 'r'))?.resume({ resumeData: 'yes' })
  await expect.poll(async () => (await other.runs.why('r'))?.waitsFor.map(({ kind }) => kind)).toEqual(['event'])
  const sent = one.sendEvent({ name: 'paid', payload: 'in time' })
  await sent
  for (const { resolve } of reads) resolve()
  await looked
  await clock.advance(LEASE_MS)
  expect(await resumed).toMatchObject({ status: 'success', result: 'in time' })
  await Promise.all([one.close(), other.close()])
})
