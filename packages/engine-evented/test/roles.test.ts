import { createWorkflow } from '@wf/core'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createPlace, settled, step, turns, workflow } from './given.js'

/** A chain whose bodies say in which process they ran. */
function chain(where: string[], name: string) {
  const noting = (id: string) =>
    step(id, ({ inputData }) => {
      where.push(name)
      return inputData + id
    })
  return workflow('chain').then(noting('a')).then(noting('b')).then(noting('c')).commit()
}

it('runs nothing in a process that only starts and watches, which learns of the end all the same', async () => {
  const place = createPlace()
  const where: string[] = []
  const [mine, theirs] = [chain(where, 'web'), chain(where, 'worker')]
  const web = place.process(mine, { work: false })
  place.process(theirs)
  const run = await web.createRun(mine)
  expect(await run.start({ inputData: '' })).toMatchObject({ status: 'success', result: 'abc' })
  expect(where).toEqual(['worker', 'worker', 'worker'])
})

it('calls no condition, map or callback either in a process that only starts and watches', async () => {
  const place = createPlace()
  const where: string[] = []
  const flow = (name: string) => {
    const note = () => void where.push(name)
    const options = { onStart: note, onFinish: note, onError: note }
    return createWorkflow({ id: 'flow', inputSchema: z.any(), outputSchema: z.any(), options })
      .map(note)
      .branch([[async () => where.push(name) > 0, step('taken', ({ suspend, resumeData }) => resumeData ?? suspend())]])
      .map(async () => [where.push(name)])
      .foreach(step('item'), { concurrency: () => where.push(name) })
      .sleep(async () => where.push(name))
      .then(
        step('fails', () => {
          throw new Error('no')
        }),
      )
      .commit()
  }
  const [mine, theirs] = [flow('web'), flow('worker')]
  const web = place.process(mine, { work: false })
  place.process(theirs)
  const run = await web.createRun(mine)
  expect((await run.start()).status).toBe('suspended')
  expect((await settled(place.clock, run.resume({ resumeData: [1, 2] }))).status).toBe('failed')
  expect(new Set(where)).toEqual(new Set(['worker']))
})

it('runs what it starts in a process that does both, without anybody else', async () => {
  const place = createPlace()
  const where: string[] = []
  const mine = chain(where, 'both')
  const engine = place.process(mine)
  expect(await (await engine.createRun(mine)).start({ inputData: '' })).toMatchObject({ result: 'abc' })
  expect(where).toEqual(['both', 'both', 'both'])
})

it('leaves a run where it is while nobody works, and begins with `work()` until it is stopped', async () => {
  const place = createPlace()
  const where: string[] = []
  const mine = chain(where, 'late')
  const engine = place.process(mine, { work: false })
  const run = await engine.createRun(mine)
  const result = run.start({ inputData: '' })
  await turns()
  await place.clock.advance(60_000)
  expect([where, await run.status()]).toEqual([[], 'running'])

  const worker = await engine.work()
  expect(await settled(place.clock, result)).toMatchObject({ status: 'success' })
  const second = await engine.createRun(mine)
  expect(await second.start({ inputData: '' })).toMatchObject({ status: 'success' })
  expect(where).toHaveLength(6)

  await worker.stop()
  const third = await engine.createRun(mine)
  await third.startAsync({ inputData: '' })
  await turns()
  await place.clock.advance(60_000)
  expect([where.length, await third.status()]).toEqual([6, 'running'])
})

it('goes on working until the last of several workers of one engine is stopped', async () => {
  const place = createPlace()
  const where: string[] = []
  const mine = chain(where, 'here')
  const engine = place.process(mine)
  const [first, second] = [await engine.work(), await engine.work()]
  await first.stop()
  await first.stop()
  expect(await (await engine.createRun(mine)).start({ inputData: '' })).toMatchObject({ status: 'success' })
  await second.stop()
  // The one that the engine began with is still there.
  expect(await (await engine.createRun(mine)).start({ inputData: '' })).toMatchObject({ status: 'success' })
})

it('takes up and runs what is due within a `tick`, in a process that does not live on', async () => {
  const place = createPlace()
  const where: string[] = []
  const mine = chain(where, 'function')
  const web = place.process(mine, { work: false })
  const run = await web.createRun(mine)
  await run.startAsync({ inputData: '' })

  const host = place.process(mine, { work: false })
  await place.clock.advance(2_000)
  expect(await settled(place.clock, host.tick({ waitMs: 10_000 }))).toBe(1)
  expect([where.length, await run.status()]).toEqual([3, 'success'])
  expect(await host.tick()).toBe(0)
})

it('takes no hints for a `tick`, and what is left after one goes to others', async () => {
  const place = createPlace()
  const where: string[] = []
  const gate = Promise.withResolvers<void>()
  const held = workflow('held')
    .then(
      step('a', () => {
        where.push('a')
        return gate.promise
      }),
    )
    .then(step('b', () => where.push('b')))
    .commit()
  const host = place.process(held, { work: false })
  const run = await host.createRun(held)
  await run.startAsync()
  await place.clock.advance(2_000)
  expect(await host.tick()).toBe(1)
  gate.resolve()
  await turns()
  expect([where, await run.status()]).toEqual([['a'], 'running'])
  place.process(held)
  await settled(place.clock, run.result())
  expect(where).toEqual(['a', 'b'])
})

it('learns of the end also when it was asked for a run that another process has started', async () => {
  const place = createPlace()
  const gate = Promise.withResolvers<string>()
  const held = workflow('held')
    .then(step('a', () => gate.promise))
    .commit()
  const [web, watcher] = [place.process(held, { work: false }), place.process(held, { work: false })]
  place.process(held)
  const { runId } = await (await web.createRun(held)).startAsync()
  const awaited = (await watcher.run(held, runId))?.result()
  await turns()
  gate.resolve('done')
  expect(await awaited).toMatchObject({ status: 'success', result: 'done' })
})

it('takes no more hints once it has stopped to work, also where it was ticking meanwhile', async () => {
  const place = createPlace()
  const where: string[] = []
  const [mine, theirs] = [chain(where, 'stopped'), chain(where, 'other')]
  const stopped = place.process(mine, { work: false })
  const worker = await stopped.work()
  const ticking = stopped.tick()
  await worker.stop()
  await ticking
  await turns()
  place.process(theirs)
  await turns()
  const runs = Array.from({ length: 4 }, async () => (await stopped.createRun(mine)).start({ inputData: '' }))
  for (const { status } of await Promise.all(runs)) expect(status).toBe('success')
  expect(new Set(where)).toEqual(new Set(['other']))
})
