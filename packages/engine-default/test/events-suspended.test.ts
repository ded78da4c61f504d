import { createStep, createWorkflow } from '@wf/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'
import { any, options, setUp } from './event-set-up.js'
import { PostInMemory } from './post-in-memory.js'

const ask = createStep({
  id: 'ask',
  inputSchema: any,
  outputSchema: any,
  resumeSchema: z.object({ by: z.string() }).nullable(),
  execute: async ({ resumeData, suspend }) =>
    resumeData === undefined
      ? suspend(
          { please: true },
          { waitForEvent: { event: 'approved', key: 'k', timeoutMs: 5_000, onTimeout: 'null' } },
        )
      : resumeData,
})

const asking = createWorkflow(options).then(ask).commit()

describe('a step that is suspended until an event comes', () => {
  it('is resumed by the event, through its resume schema', async () => {
    const { make, wakeAt, clock } = setUp(asking)
    const engine = make()
    const post = new PostInMemory(engine)
    const run = await engine.createRun(asking)
    expect(await run.start()).toMatchObject({ status: 'suspended', suspendPayload: { ask: { please: true } } })
    expect(await post.until(1)).toEqual(['place 0 approved/k'])
    await expect.poll(() => wakeAt(run.runId)).toBe(clock.now() + 5_000)
    expect((await engine.runs.why(run.runId)).waitsFor).toMatchObject([
      { kind: 'resume', step: ['ask'] },
      { kind: 'event', step: ['ask'], event: 'approved', key: 'k', dueAt: clock.now() + 5_000 },
    ])
    expect(await post.send(engine, { by: 'me' })).toBe('taken')
    await expect.poll(async () => (await engine.runs.get(run.runId))?.status).toBe('success')
    expect(await engine.runs.get(run.runId)).toMatchObject({ result: { by: 'me' } })
    await engine.close()
  })

  it('is resumed by hand all the same, and the event goes to somebody else', async () => {
    const { make } = setUp(asking)
    const engine = make()
    const post = new PostInMemory(engine)
    const run = await engine.createRun(asking)
    await run.start()
    await post.until(1)
    expect(await run.resume({ resumeData: { by: 'hand' } })).toMatchObject({
      status: 'success',
      result: { by: 'hand' },
    })
    expect(await post.until(2)).toEqual(['place 0 approved/k', 'leave 0'])
    expect(await post.send(engine, { by: 'mail' })).toBe('kept')
    await engine.close()
  })

  it('goes on with null when no event has come in time', async () => {
    const { make, clock } = setUp(asking)
    const engine = make()
    new PostInMemory(engine)
    const run = await engine.createRun(asking)
    await run.start()
    await clock.advance(5_000)
    await expect.poll(async () => (await engine.runs.get(run.runId))?.status).toBe('success')
    expect(await engine.runs.get(run.runId)).toMatchObject({ result: null })
    await engine.close()
  })

  it('goes on in another process, which was told or looks by itself', async () => {
    const { make } = setUp(asking)
    const first = make()
    const post = new PostInMemory(first)
    const run = await first.createRun(asking)
    await run.start()
    await post.until(1)
    await first.close()
    const second = make()
    expect(await post.send(second, { by: 'me' })).toBe('taken')
    await expect.poll(async () => (await second.runs.get(run.runId))?.status).toBe('success')
    await second.close()
  })

  it.each([
    [{ event: '' }, 'waitForEvent.event'],
    [{ event: 'x', key: 7 }, 'waitForEvent.key'],
    [{ event: 'x', timeoutMs: -1 }, 'waitForEvent.timeoutMs'],
    [{ event: 'x', timeoutMs: Number.NaN }, 'waitForEvent.timeoutMs'],
    [{ event: 'x', onTimeout: 'nothing' }, 'waitForEvent.onTimeout'],
    ['x', 'waitForEvent'],
  ])('fails where what it waits for makes no sense: %j', async (waitForEvent, field) => {
    const wrong = createStep({
      id: 'wrong',
      inputSchema: any,
      outputSchema: any,
      execute: ({ suspend }) => suspend(1, { waitForEvent } as never),
    })
    const workflow = createWorkflow(options).then(wrong).commit()
    const engine = createDefaultEngine({ workflows: [workflow] })
    const result = await (await engine.createRun(workflow)).start()
    expect(result.status === 'failed' && result.error).toMatchObject({
      code: 'WF_INVALID_OPTION',
      field,
      stepId: 'wrong',
    })
    await engine.close()
  })
})
