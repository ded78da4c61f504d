import type { Workflow } from '@wf/core'
import { cancelTopic, restTopic, workTopic } from '@wf/core/hints'
import { describe, expect, it } from 'vitest'
import { createPlace, settled, step, turns, workflow } from './given.js'

const begun: string[] = []
const mine = workflow('mine')
  .then(step('a', () => void begun.push('mine')))
  .commit()
const others = workflow('others')
  .then(step('a', () => void begun.push('others')))
  .commit()

const hint = (fields: object = {}) =>
  JSON.stringify({ v: 1, type: 'workflow.start', runId: 'r', workflowId: 'mine', version: 1, ...fields })

const noHints: Readonly<Record<string, string>> = {
  'an empty text': '',
  garbage: 'start run 7!',
  'half of a hint': hint().slice(0, 40),
  null: 'null',
  'a number': '7',
  'a list': '[]',
  'no fields': '{}',
  'no version of its form': hint({ v: undefined }),
  'a version of its form that is to come': hint({ v: 2 }),
  'a version of its form that is none': hint({ v: '1' }),
  'a type that nobody knows': hint({ type: 'workflow.explode' }),
  'a type that is none': hint({ type: 7 }),
  'the name of a built-in property as its type': hint({ type: 'constructor' }),
  'no run': hint({ runId: undefined }),
  'an empty run id': hint({ runId: '' }),
  'a run id that is none': hint({ runId: { toString: 'x' } }),
  'no workflow': hint({ workflowId: null }),
  'a version that is none': hint({ version: 1.5 }),
  'a version that is a text': hint({ version: '1' }),
  'a step that is none': hint({ at: 1 }),
  'a megabyte of text': hint({ runId: 'r'.repeat(1_000_000) }),
  'deep nesting': `${'['.repeat(90_000)}`,
}

const noRuns: Readonly<Record<string, string>> = {
  'a run that nobody knows': hint({ runId: 'nobody' }),
  'a workflow that nobody knows': hint({ workflowId: 'nobody' }),
  'a built-in property for a workflow': hint({ workflowId: '__proto__' }),
  'another workflow of this process': hint({ runId: 'mine-1', workflowId: 'others' }),
  'a version that is far ahead': hint({ runId: 'mine-1', version: 1e9 }),
  'a version below nothing': hint({ runId: 'mine-1', version: -5 }),
  'a run that was deleted': hint({ runId: 'deleted' }),
  'a run that has ended': hint({ runId: 'mine-1' }),
}

const topicsOf = (...workflows: readonly Workflow[]): readonly string[] => [
  ...workflows.map(({ id, hash }) => workTopic('default', id, hash)),
  restTopic('default'),
  cancelTopic('default'),
]

describe('what is no hint', () => {
  for (const [name, text] of Object.entries(noHints))
    it(`is dropped with one warning: ${name}`, async () => {
      const place = createPlace()
      const engine = place.process(mine)
      const run = await engine.createRun(mine, { runId: 'mine-1' })
      for (const topic of topicsOf(mine)) {
        const before = place.said.lines.length
        await place.pubsub.publish(topic, [text])
        await turns(5)
        expect(place.said.lines.slice(before)).toEqual([
          expect.stringMatching(/^warn: a hint was dropped: (it|its|nothing) /),
        ])
        expect(place.said.lines.at(-1)?.length).toBeLessThan(200)
      }
      expect(await run.start()).toMatchObject({ status: 'success' })
    })
})

describe('hints that lead nowhere', () => {
  for (const [name, text] of Object.entries(noRuns))
    it(`change nothing: ${name}`, async () => {
      const place = createPlace()
      const engine = place.process([mine, others])
      await (await engine.createRun(mine, { runId: 'deleted' })).start()
      await engine.runs.delete({ runId: 'deleted' })
      const run = await engine.createRun(mine, { runId: 'mine-1' })
      await run.start()
      begun.length = 0
      const before = place.said.lines.length
      // One that knows nothing of the run yet.
      const cold = place.process([mine, others])
      for (const topic of topicsOf(mine, others)) {
        for (let count = 0; count < 2; count += 1) await place.pubsub.publish(topic, [text])
        await turns(5)
      }
      expect(begun).toEqual([])
      expect(await run.status()).toBe('success')
      expect((await engine.runs.list()).runs.map(({ runId }) => runId)).toEqual(['mine-1'])
      // Of each hint at most, and once more from each process.
      expect(place.said.lines.length - before).toBeLessThanOrEqual(8)
      for (const process of [engine, cold]) expect(await (await process.run(mine, 'mine-1'))?.status()).toBe('success')
      const next = await cold.createRun(others, { runId: 'nobody' })
      expect(await next.start()).toMatchObject({ status: 'success' })
    })
})

it('keeps namespaces apart, whatever they are called', async () => {
  const place = createPlace()
  const names = ['a', 'a:work', 'a%3Awork', 'a:work:mine', '', '…', '__proto__'].map((name) => name || 'default')
  const ran: string[] = []
  const engines = names.map((namespace) => {
    const own = workflow('own')
      .then(step('a', () => void ran.push(namespace)))
      .commit()
    const web = place.process(own, { namespace, work: false })
    return { namespace, own, web, worker: place.process(own, { namespace }) }
  })
  for (const { namespace, own, web } of engines) {
    ran.length = 0
    await (await web.createRun(own, { runId: 'same' })).start()
    expect(ran).toEqual([namespace])
  }
})

it('takes a hint that comes many times, late and out of order as one', async () => {
  const place = createPlace()
  let ran = 0
  const gate = Promise.withResolvers<void>()
  const once = workflow('once')
    .then(
      step('a', () => {
        ran += 1
        return gate.promise
      }),
    )
    .then(step('b', () => (ran += 10)))
    .commit()
  const web = place.process(once, { work: false })
  for (let count = 0; count < 3; count += 1) place.process(once)
  const run = await web.createRun(once, { runId: 'r' })
  const result = run.start()
  const flood = Array.from({ length: 50 }, (_, at) => hint({ workflowId: 'once', version: at % 5 }))
  for (const topic of topicsOf(once)) await place.pubsub.publish(topic, flood)
  await turns()
  expect(ran).toBe(1)
  gate.resolve()
  await settled(place.clock, result)
  await place.pubsub.publish(workTopic('default', 'once', once.hash), flood)
  await turns()
  expect(ran).toBe(11)
})
