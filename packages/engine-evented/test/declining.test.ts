import { workTopic } from '@wf/core/hints'
import { cutOff } from '@wf/parity-tests'
import { expect, it } from 'vitest'
import { createPlace, settled, step, turns, workflow } from './given.js'

const noting = (where: string[], name: string, id = 'a') => step(id, () => void where.push(name))

it('leaves runs of workflows that a worker does not have to those who have them (case 59)', async () => {
  const place = createPlace()
  const where: string[] = []
  const [one, other] = ['one', 'other'].map((id) => workflow(id).then(noting(where, id)).commit())
  if (!one || !other) throw new Error('two were made')
  const web = place.process([one, other], { work: false })
  place.process(one)
  expect((await (await web.createRun(one)).start()).status).toBe('success')

  const run = await web.createRun(other, { runId: 'waits' })
  const result = run.start()
  for (let minute = 0; minute < 10; minute += 1) await place.clock.advance(60_000)
  expect([await run.status(), where]).toEqual(['running', ['one']])
  place.process(other)
  expect((await settled(place.clock, result)).status).toBe('success')
  expect(where).toEqual(['one', 'other'])
  expect(place.said.lines).toEqual([])
})

it('lets a rolling deploy pass: each graph is run by those who have it, and nobody fails a run (case 59)', async () => {
  const place = createPlace()
  const where: string[] = []
  const gate = Promise.withResolvers<void>()
  const before = workflow('deployed')
    .then(step('a', () => gate.promise))
    .then(noting(where, 'before', 'b'))
    .commit()
  const after = workflow('deployed')
    .then(step('renamed'))
    .then(noting(where, 'after', 'b'))
    .commit()
  const [oldWeb, oldWorker] = [place.process(before, { work: false }), place.process(before)]
  const old = await oldWeb.createRun(before)
  const oldResult = old.start()
  await turns()

  const newWeb = place.process(after, { work: false })
  place.process(after)
  expect((await (await newWeb.createRun(after)).start()).status).toBe('success')
  // Its old workers are gone before it is over: it waits for one, and the new ones decline.
  await oldWorker.close()
  gate.resolve()
  for (let minute = 0; minute < 10; minute += 1) await place.clock.advance(60_000)
  expect([await old.status(), where]).toEqual(['running', ['after']])
  expect((await newWeb.runs.why(old.runId)).text).not.toBe('')
  place.process(before)
  expect((await settled(place.clock, oldResult)).status).toBe('success')
  expect(where).toEqual(['after', 'before'])
})

it('goes by the new graph for good once it has gone by it, also where a hint of before comes late', async () => {
  const place = createPlace()
  const where: string[] = []
  const ask = step('ask', ({ resumeData, suspend }) => resumeData ?? suspend())
  const flow = (name: string) =>
    workflow('deployed')
      .then(ask)
      .then(noting(where, name, name))
      .commit()
  const [before, after] = [flow('old'), flow('new')]
  const first = place.process(before)
  const run = await first.createRun(before)
  expect((await run.start()).status).toBe('suspended')
  await first.close()

  place.process(before)
  const web = place.process(after, { work: false })
  const result = (await web.run(after, run.runId))?.resume({ resumeData: 1 })
  await turns()
  const hint = { v: 1, type: 'workflow.step.run', runId: run.runId, workflowId: 'deployed', version: 3 }
  await place.pubsub.publish(workTopic('default', before.id, before.hash), [JSON.stringify(hint)])
  await turns()
  expect(where).toEqual([])
  place.process(after)
  if (result) expect((await settled(place.clock, result)).status).toBe('success')
  expect(where).toEqual(['new'])
})

it('goes on elsewhere when a process is lost in a body: once the lease is over, and a late answer has no effect', async () => {
  const place = createPlace()
  const where: string[] = []
  const gates = new Map([
    ['first', Promise.withResolvers<string>()],
    ['second', Promise.withResolvers<string>()],
  ])
  const flow = (name: string) =>
    workflow('lost')
      .then(
        step('a', () => {
          where.push(name)
          return gates.get(name)?.promise
        }),
      )
      .commit()
  const mine = flow('web')
  const web = place.process(mine, { work: false })
  const storage = cutOff(place.storage)
  place.process(flow('first'), { storage })
  const run = await web.createRun(mine)
  const result = run.start()
  await turns()
  expect(where).toEqual(['first'])

  const restore = storage.cut()
  place.process(flow('second'))
  await place.clock.advance(29_000)
  expect(where).toEqual(['first'])
  await place.clock.advance(4_000)
  expect(where).toEqual(['first', 'second'])
  gates.get('second')?.resolve('of the second')
  expect(await settled(place.clock, result)).toMatchObject({ result: 'of the second' })
  gates.get('first')?.resolve('of the first')
  restore()
  await place.clock.advance(60_000)
  expect(await run.result()).toMatchObject({ result: 'of the second' })
})

it('gives back what it runs when it closes, and others begin it at once', async () => {
  const place = createPlace()
  const where: string[] = []
  const reasons: unknown[] = []
  const flow = (name: string) =>
    workflow('given-back')
      .then(
        step('a', ({ abortSignal }) => {
          where.push(name)
          if (name === 'second') return name
          abortSignal.addEventListener('abort', () => reasons.push(abortSignal.reason))
          return new Promise(() => {})
        }),
      )
      .commit()
  const mine = flow('web')
  const web = place.process(mine, { work: false })
  const first = place.process(flow('first'))
  const result = (await web.createRun(mine)).start()
  await turns()
  place.process(flow('second'))
  await turns()
  await first.close()
  // No time has passed, so no lease has.
  expect(await result).toMatchObject({ status: 'success', result: 'second' })
  expect([where, reasons]).toEqual([['first', 'second'], ['draining']])
})
