import { trace } from '@opentelemetry/api'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import { asks, flow, step } from './given/flows.js'
import { kinds, traced } from './given/traced.js'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const SPAN = 'b7ad6b7169203331'

describe.each(kinds)('calls on the %s engine', (kind) => {
  it('are children of whatever the caller has active, and steps run inside of their own spans', async () => {
    const active: unknown[] = []
    const w = flow('order')
      .then(
        step('a', ({ tracingContext }) => {
          active.push(trace.getActiveSpan() === tracingContext.currentSpan)
          trace.getTracer('nobody').startSpan('x').end()
        }),
      )
      .commit()
    const { engine, tracer, spans, tree } = traced(kind, [w])
    await tracer.startActiveSpan('request', async (request) => {
      await (await engine.createRun(w)).start({})
      request.end()
    })
    expect(active).toEqual([true])
    const bare = tree().map((line) => line.replace(': undefined', ''))
    expect(bare).toEqual(['request', '  start order: success', '    run order: success', '      step a: success'])
    expect(new Set(spans().map(({ traceId }) => traceId)).size).toBe(1)
  })

  it('link a caller that goes on with a run in another trace', async () => {
    const w = flow('order').then(asks('a')).commit()
    const { engine, tracer, spans } = traced(kind, [w])
    const run = await engine.createRun(w)
    await run.start({})
    const caller = tracer.startSpan('click')
    await tracer.startActiveSpan('click', async (click) => {
      await run.resume({ resumeData: 1 })
      click.end()
    })
    caller.end()
    const click = spans().find(({ name }) => name === 'click')
    const start = spans().find(({ name }) => name === 'start order')
    const resume = spans().find(({ name }) => name === 'resume order')
    expect(resume).toMatchObject({ parentId: start?.spanId, traceId: start?.traceId, links: [click?.spanId] })
    expect(click?.traceId).not.toBe(start?.traceId)
    const legs = spans().filter(({ name }) => name === 'run order')
    expect(legs.map(({ parentId, links }) => [parentId, links])).toEqual([
      [start?.spanId, []],
      [start?.spanId, [resume?.spanId]],
    ])
  })

  it('put a run into the trace that they name, with what they say of it', async () => {
    const w = flow('order').then(step('a')).commit()
    const { engine, spans } = traced(kind, [w])
    const run = await engine.createRun(w)
    const result = await run.start({
      requestContext: { user: 'u', plan: 'p', hidden: 'h' },
      tracingOptions: {
        traceId: TRACE,
        parentSpanId: SPAN,
        tags: ['nightly'],
        metadata: { customer: 'c', depth: { a: 1 } },
        requestContextKeys: ['user', 'plan', 'absent'],
      },
    })
    const start = spans().find(({ name }) => name === 'start order')
    expect(start).toMatchObject({ traceId: TRACE, parentId: SPAN })
    expect(result).toMatchObject({ traceId: TRACE, spanId: start?.spanId })
    const leg = spans().find(({ name }) => name === 'run order')
    expect(leg?.attributes).toMatchObject({
      'wf.run.tags': ['nightly'],
      'wf.metadata.customer': 'c',
      'wf.metadata.depth': '{"a":1}',
      'wf.context.user': 'u',
      'wf.context.plan': 'p',
    })
    expect(JSON.stringify(spans())).not.toContain('hidden')
  })

  it('are told when they are refused', async () => {
    const w = flow('order').then(step('a')).commit()
    const { engine, spans } = traced(kind, [w])
    const run = await engine.createRun(w)
    await run.start({})
    await expect(run.start({})).rejects.toMatchObject({ code: 'WF_CONFLICT' })
    expect(spans().at(-1)).toMatchObject({ name: 'start order', attributes: { 'error.type': 'WF_CONFLICT' } })
  })

  it('go on in the same trace by time travel, and after a cancel', async () => {
    const w = flow('order').then(step('a')).then(asks('b')).commit()
    const { engine, tree, spans } = traced(kind, [w])
    const run = await engine.createRun(w)
    await run.start({})
    await run.cancel()
    await run.timeTravel({ step: 'b', resumeData: 1 })
    expect(new Set(spans().map(({ traceId }) => traceId)).size).toBe(1)
    expect([...tree()].sort()).toEqual(
      [
        'start order: success',
        '  run order: suspended',
        '    step a: success',
        '    step b: suspended',
        '  run order: canceled',
        '  time travel order: success',
        '  run order: success → time travel order',
        '    step b: success',
      ].sort(),
    )
  })

  it('take up what another process has left by a restart', async () => {
    const storage = createMemoryStorage()
    let begun: () => void = () => undefined
    const isBegun = new Promise<void>((resolve) => {
      begun = resolve
    })
    let tries = 0
    const body = step('a', ({ abortSignal }) => {
      tries += 1
      begun()
      return tries > 1
        ? tries
        : new Promise((_, reject) => abortSignal.addEventListener('abort', () => reject(new Error('left'))))
    })
    const w = flow('order').then(body).commit()
    const first = traced(kind, [w], { storage })
    const { runId } = await (await first.engine.createRun(w)).startAsync({})
    await isBegun
    await first.engine.close()
    const second = traced(kind, [w], { storage })
    const run = await second.engine.run(w, runId)
    expect(await run?.restart()).toMatchObject({ status: 'success' })
    const before = first.spans()
    expect(
      before.map(({ name, attributes }) => [name, attributes['wf.run.status'] ?? attributes['wf.status']]),
    ).toEqual([
      ['start order', 'success'],
      ['step a', 'interrupted'],
      ['run order', 'interrupted'],
    ])
    const after = second.spans()
    expect(new Set([...before, ...after].map(({ traceId }) => traceId)).size).toBe(1)
    const leg = after.find(({ name }) => name === 'run order')
    expect(leg?.parentId).toBe(before[0]?.spanId)
    expect(after.find(({ name }) => name === 'step a')?.attributes).toMatchObject({ 'wf.step.losses': 1 })
  })
})

describe('options of a call', () => {
  const w = flow('order').then(step('a')).commit()
  it.each([
    [{ traceId: 'x' }, 'tracingOptions.traceId'],
    [{ traceId: '0'.repeat(32) }, 'tracingOptions.traceId'],
    [{ traceId: TRACE, parentSpanId: TRACE }, 'tracingOptions.parentSpanId'],
    [{ parentSpanId: SPAN }, 'tracingOptions.traceId'],
    [{ tags: [1] }, 'tracingOptions.tags'],
    [{ metadata: 'm' }, 'tracingOptions.metadata'],
    [{ metadata: { big: 1n } }, 'tracingOptions.metadata'],
    [{ hideInput: 'yes' }, 'tracingOptions.hideInput'],
    ['trace', 'tracingOptions'],
  ])('are refused where they do not fit: %o', async (tracingOptions, field) => {
    const engine = createDefaultEngine({ workflows: [w] })
    const run = await engine.createRun(w)
    await expect(run.start({ tracingOptions } as never)).rejects.toMatchObject({
      code: 'WF_INVALID_OPTION',
      field,
      workflowId: 'order',
    })
    expect(await run.start({ tracingOptions: { tags: ['fits'] } })).not.toHaveProperty('traceId')
  })
})
