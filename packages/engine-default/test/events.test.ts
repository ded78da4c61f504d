import { createStep, createWorkflow } from '@wf/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'
import { any, LEASE_MS, options, setUp } from './event-set-up.js'
import { driverOf, PostInMemory } from './post-in-memory.js'

const waiting = createWorkflow(options).waitForEvent('paid', { id: 'w', key: '7', schema: z.number() }).commit()

const timed = createWorkflow(options).waitForEvent('paid', { id: 'w', timeoutMs: 1_000 }).commit()

describe('a wait for an event', () => {
  it('is placed once the run has it, and ends with the event', async () => {
    const { make, wakeAt } = setUp(waiting)
    const engine = make()
    const post = new PostInMemory(engine)
    const run = await engine.createRun(waiting)
    const result = run.start()
    expect(await post.until(1)).toEqual(['place 0 paid/7'])
    await expect.poll(() => wakeAt(run.runId)).toBe(null)
    expect(await post.send(engine, 5)).toBe('taken')
    expect(await result).toMatchObject({ status: 'success', result: 5 })
    expect(post.heard).toEqual(['place 0 paid/7', 'taken 0 m1'])
    await engine.close()
  })

  it('takes what was sent before', async () => {
    const { make } = setUp(waiting)
    const engine = make()
    const post = new PostInMemory(engine)
    await post.send(engine, 5)
    const run = await engine.createRun(waiting)
    expect(await run.start()).toMatchObject({ status: 'success', result: 5 })
    expect(await post.until(2)).toEqual(['place 0 paid/7', 'taken 0 m1'])
    await engine.close()
  })

  it('works without a storage', async () => {
    const engine = createDefaultEngine({ workflows: [waiting] })
    const post = new PostInMemory(engine)
    const run = await engine.createRun(waiting)
    const result = run.start()
    await post.until(1)
    const [wait] = post.waits
    expect(await post.send(engine, 5)).toBe('taken')
    expect(await result).toMatchObject({ status: 'success', result: 5 })
    const mail = { id: 'm1', seq: 1, sentAt: 0, payload: 5 }
    if (!wait) throw new Error('nothing waits')
    expect(await post.hand(engine, wait, mail)).toBe('taken')
    expect(await post.hand(engine, wait, { ...mail, id: 'm2' })).toBe('gone')
    expect(await post.hand(engine, { ...wait, runId: 'nobody' }, mail)).toBe('gone')
    await engine.close()
  })

  it('fails loudly with what does not fit', async () => {
    const { make } = setUp(waiting)
    const engine = make()
    const post = new PostInMemory(engine)
    await post.send(engine, 'five')
    const run = await engine.createRun(waiting)
    const result = await run.start()
    expect(result.status === 'failed' && result.error).toMatchObject({ code: 'WF_EVENT_INVALID', stepId: 'w' })
    await engine.close()
  })

  it('is placed again by others, at the latest when the lease is over', async () => {
    const { clock, make, wakeAt } = setUp(waiting)
    const first = make()
    // Gone before it could tell a mailbox.
    driverOf(first).post = undefined
    const run = await first.createRun(waiting)
    await run.startAsync()
    await expect.poll(() => wakeAt(run.runId)).toBe(clock.now() + LEASE_MS)
    const second = make()
    const post = new PostInMemory(second)
    await clock.advance(LEASE_MS)
    const ticked = second.tick({ waitMs: 1_000 })
    expect(await post.until(1)).toEqual(['place 0 paid/7'])
    expect(await ticked).toBe(1)
    await expect.poll(() => wakeAt(run.runId)).toBe(null)
    await Promise.all([first.close(), second.close()])
  })

  it.each(['before', 'after'] as const)('is placed again where the call fails, %s it gets through', async (when) => {
    const { make, clock } = setUp(waiting)
    const engine = make()
    const post = new PostInMemory(engine)
    post.failures = [when, when, when]
    const run = await engine.createRun(waiting)
    const result = run.start()
    while (post.failures.length > 0) await clock.advance(10)
    await clock.advance(100)
    await post.send(engine, 5)
    expect(await result).toMatchObject({ status: 'success' })
    expect(post.waits).toEqual([])
    await engine.close()
  })

  it('has an event once, however often it is delivered, and by whomever', async () => {
    const { make } = setUp(waiting)
    const first = make()
    const second = make()
    const post = new PostInMemory(first, second)
    const run = await first.createRun(waiting)
    await run.startAsync()
    await post.until(1)
    const [wait] = post.waits
    if (!wait) throw new Error('nothing waits')
    const mail = { id: 'm', seq: 1, sentAt: 0, payload: 5 }
    const hands = [first, second, first, second].map((engine) => post.hand(engine, wait, mail))
    expect(await Promise.all(hands)).toEqual(['taken', 'taken', 'taken', 'taken'])
    expect(await post.hand(second, wait, { ...mail, id: 'other' })).toBe('gone')
    const third = make()
    expect(await post.hand(third, wait, mail)).toBe('taken')
    expect(await post.hand(third, wait, { ...mail, id: 'other' })).toBe('gone')
    const history = await first.runs.history(run.runId)
    expect(history?.filter(({ type }) => type === 'event-received')).toMatchObject([{ hasEffect: true }])
    await first.runs.delete({ runId: run.runId })
    expect(await post.hand(third, wait, mail)).toBe('gone')
    await Promise.all([first.close(), second.close(), third.close()])
  })

  it('is the business of those who serve the workflow', async () => {
    const { make, storage, clock } = setUp(waiting)
    const engine = make()
    const other = createDefaultEngine({ workflows: [timed], storage, clock, namespace: 'other' })
    const foreign = createDefaultEngine({
      workflows: [
        createWorkflow({ ...options, id: 'foreign' })
          .waitForEvent('x')
          .commit(),
      ],
      storage,
      clock,
    })
    const changed = createDefaultEngine({
      workflows: [createWorkflow(options).sleep(1, { id: 's' }).waitForEvent('paid', { id: 'w', key: '7' }).commit()],
      storage,
      clock,
    })
    const post = new PostInMemory(engine)
    const run = await engine.createRun(waiting)
    await run.startAsync()
    await post.until(1)
    expect(await post.send(foreign, 5)).toBe('elsewhere')
    const [wait] = post.waits
    const mail = { id: 'm1', seq: 1, sentAt: 0, payload: 5 }
    if (!wait) throw new Error('nothing waits')
    expect(await post.hand(changed, wait, mail)).toBe('elsewhere')
    expect(await post.hand(engine, wait, mail)).toBe('taken')
    await Promise.all([engine.close(), other.close(), foreign.close(), changed.close()])
    expect(await post.hand(engine, wait, mail)).toBe('elsewhere')
  })

  it('is left when its time is up or the run is canceled', async () => {
    const { make, clock, wakeAt } = setUp(timed)
    const engine = make()
    const post = new PostInMemory(engine)
    const run = await engine.createRun(timed)
    const result = run.start()
    await post.until(1)
    await expect.poll(() => wakeAt(run.runId)).toBe(clock.now() + 1_000)
    await clock.advance(1_000)
    const ended = await result
    expect(ended.status === 'failed' && ended.error).toMatchObject({ code: 'WF_EVENT_TIMEOUT', stepId: 'w' })
    expect(ended.status === 'failed' && ended.error.message).toMatch(/"w" of workflow "order" waited 1000 ms .*"paid"/)
    expect(await post.until(2)).toEqual(['place 0 paid/', 'leave 0'])
    const canceled = await engine.createRun(timed)
    await canceled.startAsync()
    await post.until(3)
    await canceled.cancel()
    expect((await post.until(4)).at(-1)).toBe('leave 0')
    await engine.close()
  })

  it('takes nothing while the run is paused, and asks again when it goes on', async () => {
    const slow = createStep({ id: 'slow', inputSchema: any, outputSchema: any, execute: async () => 1 })
    const both = createWorkflow(options)
      .parallel({ slow, event: (flow) => flow.waitForEvent('paid', { id: 'w' }) })
      .commit()
    const { make } = setUp(both)
    const engine = make()
    const post = new PostInMemory(engine)
    const run = await engine.createRun(both)
    expect(await run.start({ perStep: true })).toMatchObject({ status: 'paused' })
    await post.until(1)
    expect(await post.send(engine, 'mail')).toBe('elsewhere')
    expect(await run.resume()).toMatchObject({ status: 'success', result: { slow: 1, event: 'mail' } })
    await engine.close()
  })
})
