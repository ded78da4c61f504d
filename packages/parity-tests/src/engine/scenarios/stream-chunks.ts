import { deepEqual, equal, ok } from 'node:assert/strict'
import { cloneStep, type Run } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { elsewhere } from './parts/begin.js'
import { recording, says, speaks, story } from './parts/chunks.js'
import { crashing } from './parts/crashing.js'
import { callIds, collected, over, readAll } from './parts/events.js'
import { lists, step, workflow } from './parts/loose.js'
import { livesAlone, oneProcess } from './parts/processes.js'

/** Streams in which what steps write is recorded. */
export const streamChunkScenarios: readonly Scenario[] = [
  {
    id: 'stream.chunks-are-recorded',
    shows: ['stream.chunks', 'stream.observe'],
    async play(stage) {
      const flow = recording('told')
        .then(speaks('one', 'a', undefined))
        .then(speaks('two', { b: new Date(5) }))
        .commit()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow)
      const { events } = await over(stage, run.stream({ inputData: 1 }))
      const told = [
        ...['start', 'step start one', 'one says "a"', 'one says undefined', 'step result one success'],
        ...['step start two', 'two says {"b":"1970-01-01T00:00:00.005Z"}', 'step result two success', 'finish success'],
      ]
      deepEqual(story(events), told)
      for (const ids of callIds(events).values()) equal(new Set(ids).size, 1)
      const there = await elsewhere(stage, engine, run)
      if (!stage.keepsRuns) return
      deepEqual(await readAll(stage, there.run.observe()), events)
      for (const [index, { position }] of events.entries()) {
        ok(position, `event ${index} has a place`)
        deepEqual(await readAll(stage, there.run.observe({ after: position })), events.slice(index + 1))
      }
    },
  },
  {
    id: 'stream.a-start-says-what-becomes-of-chunks',
    shows: ['stream.chunks-option', 'stream.chunks'],
    async play(stage) {
      const flow = workflow('told').then(speaks('one', 'a')).commit()
      const loud = recording('loud').then(speaks('one', 'a')).commit()
      const engine = await stage.engine([flow, loud])
      const kept = await engine.createRun(flow)
      const { events } = await over(stage, kept.stream({ chunks: 'durable' }))
      const all = ['start', 'step start one', 'one says "a"', 'step result one success', 'finish success']
      deepEqual(story(events), all)
      const passing: Run = await engine.createRun(loud)
      await stage.settle(passing.start({ chunks: 'live' }))
      if (!stage.keepsRuns) return
      const next = await stage.restart(engine)
      const again = await next.createRun(flow, { runId: kept.runId })
      deepEqual(story(await readAll(stage, again.observe())), all)
      const late = await next.createRun(loud, { runId: passing.runId })
      const missed = ['start', 'step start one', 'gap', 'step result one success', 'finish success']
      deepEqual(story(await readAll(stage, late.observe())), missed)
    },
  },
  {
    id: 'stream.chunks-go-ahead-of-the-result',
    shows: ['stream.chunk-order', 'stream.chunks'],
    async play(stage) {
      const many = Array.from({ length: 600 }, (_, n) => n)
      const hurries = step('hurries', ({ writer }) => {
        for (const n of many) void writer.write(n)
        void writer.custom({ type: 'data-last', data: { n: 1 }, id: 'x' })
        return 'done'
      })
      const flow = recording('hurried').then(hurries).commit()
      const run = await (await stage.engine(flow)).createRun(flow)
      const { events } = await over(stage, run.stream({}))
      deepEqual(story(events), [
        ...['start', 'step start hurries'],
        ...many.map((n) => `hurries says ${n}`),
        ...['data-last {"n":1}', 'step result hurries success', 'finish success'],
      ])
      const data = events.find(({ type }) => type === 'data-last')
      ok(data && 'data' in data)
      const [call] = callIds(events).get('hurries') ?? []
      deepEqual([data.id, data.from, data.stepCallId], ['x', 'USER', call])
    },
  },
  {
    id: 'stream.chunks-over-a-kill',
    shows: ['stream.reset', 'stream.chunks', 'stream.observe'],
    async play(stage) {
      const { gate, hold } = crashing()
      const talks = step('talks', async (context) => {
        await says(context, 'a', 'b')
        await hold()
        await says(context, context.restart ? 'again' : 'too late')
        return 'done'
      })
      const flow = recording('killed').then(speaks('before', 'x')).then(talks).then(speaks('after', 'y')).commit()
      const one = await oneProcess(stage, flow)
      const run: Run = await one.createRun(flow)
      const first = collected(run.observe())
      first.catch(() => undefined)
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
      const events = await readAll(stage, there.observe())
      deepEqual(story(events), [
        ...['start', 'step start before', 'before says "x"', 'step result before success'],
        ...['step start talks', 'talks says "a"', 'talks says "b"', 'step reset talks'],
        ...['talks says "a"', 'talks says "b"', 'talks says "again"', 'step result talks success'],
        ...['step start after', 'after says "y"', 'step result after success', 'finish success'],
      ])
      for (const [index, { position }] of events.entries()) {
        ok(position, `event ${index} has a place`)
        deepEqual(await readAll(stage, there.observe({ after: position })), events.slice(index + 1))
      }
    },
  },
  {
    id: 'stream.chunks-of-a-retry',
    shows: ['stream.reset', 'stream.retry'],
    async play(stage) {
      const flaky = step('flaky', async (context) => {
        if (context.retryCount !== 1) await says(context, context.retryCount)
        if (context.retryCount < 2) throw new Error('not yet')
        return 'done'
      })
      const silent = step('silent', ({ retryCount }) => {
        if (retryCount < 1) throw new Error('not yet')
      })
      const flow = recording('flaky', { retries: 2 }).then(flaky).then(silent).commit()
      const run = await (await stage.engine(flow)).createRun(flow)
      const { events } = await over(stage, run.stream({}))
      deepEqual(story(events), [
        ...['start', 'step start flaky', 'flaky says 0', 'step reset flaky', 'flaky says 2'],
        ...['step result flaky success', 'step start silent', 'step result silent success', 'finish success'],
      ])
      equal(new Set(callIds(events).get('flaky')).size, 1)
    },
  },
  {
    id: 'stream.chunks-of-nested-steps-and-items',
    shows: ['stream.chunks', 'stream.nested', 'stream.foreach'],
    async play(stage) {
      const each = step('each', async (context) => {
        await says(context, context.inputData)
        if (context.inputData === 'y' && context.retryCount === 0) throw new Error('not yet')
      })
      const deep = speaks('deep', 'd')
      const inner = workflow('inner').then(deep).commit()
      const flow = recording('outer', { retries: 1 })
        .then(inner)
        .then(lists('list', ['x', 'y']))
        .foreach(each)
        .then(lists('more', ['z']))
        .foreach(
          workflow('item')
            .then(cloneStep(deep, { id: 'low' }))
            .commit(),
        )
        .commit()
      const run = await (await stage.engine(flow)).createRun(flow)
      const { events } = await over(stage, run.stream({}))
      const told = story(events).filter((word) => / says | reset |start each|start inner|start item/.test(word))
      deepEqual(told, [
        ...['step start inner', 'step start inner.deep', 'inner.deep says "d"'],
        ...['step start each', 'each#0 says "x"', 'each#1 says "y"', 'step reset each', 'each#1 says "y"'],
        ...['step start item', 'step start item.low', 'item.low says "d"'],
      ])
      const reset = events.find((event) => event.type === 'workflow-step-reset')
      ok(reset?.type === 'workflow-step-reset')
      equal(reset.payload.currentIndex, 1)
      equal(new Set(callIds(events).get('each')).size, 1)
      equal(new Set([...callIds(events).values()].flat()).size, callIds(events).size)
    },
  },
]
