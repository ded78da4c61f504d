import { createStep, createWorkflow, type Storage } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

const anything = { inputSchema: z.unknown(), outputSchema: z.unknown() }

const asks = (id: string) =>
  createStep({ id, ...anything, execute: ({ resumeData, suspend }) => resumeData ?? suspend({ asks: id }) })

const one = createWorkflow({ id: 'one', ...anything })
  .then(asks('first'))
  .then(asks('second'))
  .commit()
const two = createWorkflow({ id: 'two', ...anything })
  .parallel([asks('left'), asks('right')])
  .commit()

/** A storage of several engines; of one of them it is counted how often it reads. */
function setUp() {
  const shared = createMemoryStorage()
  let reads = 0
  const counted: Storage = {
    ...shared,
    load: (asked) => {
      reads += asked.length
      return shared.load(asked)
    },
  }
  const workflows = [one, two]
  const here = createDefaultEngine({ workflows, storage: counted })
  const there = createDefaultEngine({ workflows, storage: shared })
  const close = () => Promise.all([here.close(), there.close()])
  return { here, there, close, readsSince: (before: number) => reads - before, reads: () => reads }
}

describe('a run that rests as this process has left it', () => {
  it('goes on without being read', async () => {
    const { here, close, reads, readsSince } = setUp()
    const run = await here.createRun(one)
    await run.start({})
    const before = reads()
    expect((await run.resume({ step: 'first', resumeData: 'yes' })).status).toBe('suspended')
    expect((await run.resume({ step: 'second', resumeData: 'yes' })).status).toBe('success')
    expect(readsSince(before)).toBe(0)
    await close()
  })

  it('takes two resumes of one moment, unless both mean one step', async () => {
    const { here, close } = setUp()
    const run = await here.createRun(two)
    await run.start({})
    const [left, again, right] = await Promise.allSettled([
      run.resume({ step: 'left', resumeData: 1 }),
      run.resume({ step: 'left', resumeData: 2 }),
      run.resume({ step: 'right', resumeData: 3 }),
    ])
    expect([left.status, right.status]).toEqual(['fulfilled', 'fulfilled'])
    expect(again).toMatchObject({ status: 'rejected', reason: { code: 'WF_CONFLICT' } })
    expect(await run.result()).toMatchObject({ status: 'success', result: { left: 1, right: 3 } })
    await close()
  })
})

describe('a run that others have gone on with since', () => {
  it('is resumed where it rests by now', async () => {
    const { here, there, close } = setUp()
    const run = await here.createRun(two)
    await run.start({})
    const elsewhere = await there.run(two, run.runId)
    await elsewhere?.resume({ step: 'left', resumeData: 1 })
    expect(await run.resume({ step: 'right', resumeData: 2 })).toMatchObject({
      status: 'success',
      result: { left: 1, right: 2 },
    })
    await close()
  })

  it('is refused by what it is by now', async () => {
    const { here, there, close } = setUp()
    const run = await here.createRun(one)
    await run.start({})
    const elsewhere = await there.run(one, run.runId)
    await elsewhere?.resume({ step: 'first', resumeData: 1 })
    await expect(run.resume({ step: 'first', resumeData: 2 })).rejects.toMatchObject({ code: 'WF_NOT_SUSPENDED' })
    await elsewhere?.resume({ step: 'second', resumeData: 1 })
    await expect(run.resume({ step: 'second', resumeData: 2 })).rejects.toMatchObject({ code: 'WF_RUN_ENDED' })
    await close()
  })

  it('is another one where it was deleted and begun anew', async () => {
    const { here, there, close } = setUp()
    const run = await here.createRun(one, { runId: 'again' })
    await run.start({})
    await (await there.run(one, 'again'))?.cancel()
    await there.runs.delete({ runId: 'again' })
    await expect(run.resume({ step: 'first', resumeData: 1 })).rejects.toMatchObject({ code: 'WF_UNKNOWN_RUN' })
    await (await there.createRun(one, { runId: 'again' })).start({})
    expect((await run.resume({ step: 'first', resumeData: 1 })).status).toBe('suspended')
    await close()
  })
})
