import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Run, StepContext, WorkflowStreamEvent } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { elsewhere } from './parts/begin.js'
import { outline, says, speaks, story } from './parts/chunks.js'
import { crashing } from './parts/crashing.js'
import { collected, over, readAll, words } from './parts/events.js'
import { asks, echoes, lists, step, workflow } from './parts/loose.js'
import { livesAlone, oneProcess } from './parts/processes.js'
import { refusal } from './parts/refusal.js'

/** Streams in which what steps write is told to those who are there, and what else there is to say of streams. */
export const streamLiveScenarios: readonly Scenario[] = [
  {
    id: 'stream.live-chunks',
    shows: ['stream.live', 'stream.chunk-order'],
    async play(stage) {
      const gate = createGate()
      const talks = step('talks', async (context) => {
        await says(context, 'a')
        await gate.pass()
        await says(context, 'b')
      })
      const flow = workflow('live').then(talks).commit()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow)
      const output = run.stream({})
      await stage.settle(gate.reached())
      await stage.quiet()
      gate.open()
      const told = ['start', 'step start talks', 'says', 'step result talks success', 'finish success']
      deepEqual(outline(await readAll(stage, output)), told)
      const there = await elsewhere(stage, engine, run)
      if (!stage.keepsRuns) return
      const late = await readAll(stage, there.run.observe())
      deepEqual(words(late), told.with(2, 'gap'))
    },
  },
  {
    id: 'stream.live-chunks-of-a-retry',
    shows: ['stream.reset', 'stream.live'],
    async play(stage) {
      const flaky = step('flaky', async (context) => {
        await says(context, context.retryCount)
        if (context.retryCount === 0) throw new Error('not yet')
      })
      const flow = workflow('flaky', { retryConfig: { attempts: 1, delay: 0 } })
        .then(flaky)
        .commit()
      const run = await (await stage.engine(flow)).createRun(flow)
      const told = outline(await readAll(stage, run.stream({})))
      deepEqual(told, [
        ...['start', 'step start flaky', 'says', 'step reset flaky', 'says'],
        ...['step result flaky success', 'finish success'],
      ])
    },
  },
  {
    id: 'stream.live-chunks-of-a-lost-process',
    shows: ['stream.reset', 'stream.live'],
    async play(stage) {
      const { gate, hold } = crashing()
      const talks = step('talks', async (context) => {
        await says(context, 'a')
        await hold()
        await says(context, 'b')
      })
      const flow = workflow('lost').then(talks).commit()
      const one = await oneProcess(stage, flow)
      const run: Run = await one.createRun(flow)
      run.startAsync().catch(() => undefined)
      await stage.settle(gate.reached())
      await stage.quiet()
      const other = await oneProcess(stage, flow)
      if (await livesAlone(stage, other, run)) return gate.open()
      stage.cutOff(one)
      const there = await stage.settle(other.run(flow, run.runId))
      ok(there)
      await stage.settle(there.restart())
      gate.open()
      const told = [
        'start',
        'step start talks',
        'step reset talks',
        'gap',
        'step result talks success',
        'finish success',
      ]
      deepEqual(words(await readAll(stage, there.observe())), told)
    },
  },
  {
    id: 'stream.nothing-behind-the-outcome',
    shows: ['stream.chunk-order'],
    async play(stage) {
      for (const chunks of ['live', 'durable'] as const) {
        const gate = createGate()
        let late: Promise<unknown> = Promise.resolve()
        const leaves = step('leaves', (context) => {
          late = gate.pass().then(() => says(context, 'late'))
        })
        const flow = workflow(`left-${chunks}`).then(leaves).then(asks('ask')).commit()
        const run = await (await stage.engine(flow)).createRun(flow)
        const output = run.stream({ chunks })
        await stage.settle(output.result)
        gate.open()
        await stage.settle(late)
        await stage.quiet()
        deepEqual(
          story(await readAll(stage, output)).filter((word) => word.includes('says')),
          [],
        )
      }
    },
  },
  {
    id: 'stream.two-resumes-at-once',
    shows: ['stream.own-place', 'stream.suspension'],
    async play(stage) {
      const flow = workflow('both')
        .parallel([asks('a'), asks('b')])
        .then(echoes('last'))
        .commit()
      const run = await (await stage.engine(flow)).createRun(flow)
      const all = collected(run.observe({ closeOnSuspend: false }))
      await stage.settle(run.start())
      const both = ['a', 'b'].map((id) => run.resumeStream({ step: id, resumeData: id }))
      const [one = [], other = []] = await Promise.all(both.map((output) => readAll(stage, output)))
      await stage.settle(Promise.all(both.map(({ result }) => result)))
      const whole = await stage.settle(all)
      const starts = whole.filter(({ type }) => type === 'workflow-start').slice(1)
      equal(starts.length, 2)
      for (const told of [one, other]) {
        const [first] = told
        equal(first?.type, 'workflow-start')
        const from = whole.findIndex((event) => same(event, first))
        deepEqual(
          told.slice(1),
          whole.slice(from + 1).filter(({ type }) => type !== 'workflow-start'),
        )
        equal(told.filter(({ type }) => type === 'workflow-start').length, 1)
      }
      ok(stage.keepsRuns ? !same(one[0], other[0]) : true)
    },
  },
  {
    id: 'stream.without-step-events',
    shows: ['stream.without-steps'],
    async play(stage) {
      const inner = workflow('inner').then(speaks('inside', 'in')).commit()
      const flow = workflow('quiet', { options: { emitStepEvents: false, chunks: 'durable' } })
        .then(speaks('one', 'a'))
        .then(lists('list', [1]))
        .foreach(echoes('each'))
        .then(inner)
        .commit()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow)
      const watched: string[] = []
      const leave = run.watch(({ type }) => watched.push(type))
      const { events } = await over(stage, run.stream({}))
      leave()
      const inside = ['step start inner.inside', 'inner.inside says "in"', 'step result inner.inside success']
      deepEqual(story(events), ['start', 'one says "a"', ...inside, 'finish success'])
      equal(watched.filter((type) => type === 'workflow-step-result').length, 1)
      const there = await elsewhere(stage, engine, run)
      if (stage.keepsRuns) deepEqual(await readAll(stage, there.run.observe()), events)
    },
  },
  {
    id: 'stream.usage',
    shows: ['stream.usage'],
    async play(stage) {
      const model = async (context: StepContext) => {
        await says(context, { type: 'text-delta', text: 'hi' })
        await says(context, { type: 'finish-step', usage: { inputTokens: 3, outputTokens: 4 } })
        const totalUsage = { inputTokens: 3, outputTokens: 4, totalTokens: 7, reasoningTokens: 2 }
        await says(context, { type: 'finish', totalUsage })
        return { text: 'hi', usage: totalUsage }
      }
      const silent = step('silent', () => ({ text: 'ho', usage: { inputTokens: 10, outputTokens: 20 } }))
      const inner = workflow('inner').then(silent).commit()
      const flow = workflow('models', { options: { chunks: 'durable' } })
        .then(step('model', model))
        .then(inner)
        .commit()
      const run = await (await stage.engine(flow)).createRun(flow)
      const output = run.stream({})
      const { events } = await over(stage, output)
      const usage = { inputTokens: 13, outputTokens: 24, totalTokens: 37, reasoningTokens: 2 }
      const all = { ...usage, cachedInputTokens: 0, cacheCreationInputTokens: 0 }
      deepEqual(await stage.settle(output.usage), all)
      const last = events.at(-1)
      ok(last?.type === 'workflow-finish')
      deepEqual(last.payload.output.usage, all)
    },
  },
  {
    id: 'stream.pipe',
    shows: ['stream.pipe'],
    async play(stage) {
      const pipes = step('pipes', async ({ writer }) => {
        await ReadableStream.from(['a', 'b']).pipeTo(writer.writable)
        await writer.pipe(ReadableStream.from(['c']))
        await ReadableStream.from(['d', 'e']).pipeTo(writer)
        await writer.write('f')
        void writer.pipe(numbers(20))
        return 'done'
      })
      const flow = workflow('piping').then(pipes).commit()
      for (const chunks of ['live', 'durable'] as const) {
        const run = await (await stage.engine(flow)).createRun(flow)
        const events = await readAll(stage, run.stream({ chunks }))
        const said = outputs(events)
        const all = ['a', 'b', 'c', 'd', 'e', 'f', ...Array.from({ length: 20 }, (_, n) => n)]
        if (chunks === 'durable' || !words(events).includes('gap')) deepEqual(said, all)
      }
    },
  },
  {
    id: 'stream.a-place-ahead-of-the-journal',
    shows: ['stream.place'],
    async play(stage) {
      const flow = workflow('short').then(echoes('one')).commit()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow)
      await stage.settle(run.start())
      const there = await elsewhere(stage, engine, run)
      await refusal(stage, there.run.observe({ after: '999.0.0' }).getReader().read(), 'WF_INVALID_OPTION')
    },
  },
]

const same = (one: WorkflowStreamEvent | undefined, other: WorkflowStreamEvent | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

const outputs = (events: readonly WorkflowStreamEvent[]): readonly unknown[] =>
  events.flatMap((event) => (event.type === 'workflow-step-output' ? [event.payload.output] : []))

async function* numbers(count: number): AsyncGenerator<number> {
  for (let n = 0; n < count; n += 1) yield n
}
