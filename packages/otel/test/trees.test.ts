import { describe, expect, it } from 'vitest'
import { asks, failsOnce, flow, step } from './given/flows.js'
import { kinds, traced } from './given/traced.js'

describe.each(kinds)('the trace of a run on the %s engine', (kind) => {
  it('has a span for the start, one for the work, and one for each attempt', async () => {
    const w = flow('order').then(step('price')).then(failsOnce('pay')).commit()
    const { engine, tree, spans } = traced(kind, [w])
    const result = await (await engine.createRun(w)).start({ inputData: 1 })
    expect(result.status).toBe('success')
    expect(tree()).toEqual([
      'start order: success',
      '  run order: success',
      '    step price: success',
      '    step pay: failed',
      '    step pay: success',
    ])
    expect(new Set(spans().map(({ traceId }) => traceId))).toEqual(new Set([result.traceId]))
    const [first, second] = spans().filter(({ name }) => name === 'step pay')
    expect(first).toMatchObject({ error: 'not yet', attributes: { 'wf.step.attempt': 0, 'error.type': 'Error' } })
    expect(first?.events).toMatchObject([{ name: 'exception', attributes: { 'exception.message': 'not yet' } }])
    expect(second).toMatchObject({ error: undefined, attributes: { 'wf.step.attempt': 1, 'wf.run.id': result.runId } })
  })

  it('has blocks around what runs in them', async () => {
    const w = flow('order')
      .parallel([step('a'), step('b')])
      .branch([
        [async () => true, step('yes')],
        [async () => false, step('no')],
      ])
      .map(async () => [1, 2])
      .foreach(step('each'))
      .dountil(step('again'), async ({ iterationCount }) => iterationCount >= 2)
      .commit()
    const { engine, tree } = traced(kind, [w])
    await (await engine.createRun(w)).start({})
    expect(tree().map((line) => line.replace(/_\w+/, ''))).toEqual([
      'start order: success',
      '  run order: success',
      '    parallel parallel: success',
      '      step a: success',
      '      step b: success',
      '    branch branch: success',
      '      conditions of branch: success',
      '      step yes: success',
      '    map mapping: success',
      '    foreach foreach: success',
      '      step each [0]: success',
      '      step each [1]: success',
      '    loop loop: success',
      '      condition of loop: success',
      '      condition of loop: success',
      '      step again [1]: success',
      '      step again [2]: success',
    ])
  })

  it('has nested workflows, and items of them', async () => {
    const inner = flow('inner').then(step('one')).then(asks('two')).commit()
    const w = flow('outer')
      .map(async () => [1, 2])
      .foreach(inner, { concurrency: 2 })
      .commit()
    const { engine, tree } = traced(kind, [w])
    const run = await engine.createRun(w)
    expect(await run.start({})).toMatchObject({ status: 'suspended' })
    expect(await run.resume({ resumeData: 'go' })).toMatchObject({ status: 'success' })
    const lines = tree().map((line) => line.replace(/mapping_\w+|foreach_\w+/, 'x'))
    expect(lines.slice(0, 10)).toEqual([
      'start outer: success',
      '  run outer: suspended',
      '    map x: success',
      '    foreach x: suspended',
      '      workflow inner [0]: suspended',
      '        step one: success',
      '        step two: suspended',
      '      workflow inner [1]: suspended',
      '        step one: success',
      '        step two: suspended',
    ])
    expect(lines.slice(10)).toEqual([
      '  resume outer: success',
      '  run outer: success → resume outer',
      '    foreach x: success',
      '      workflow inner [0]: success',
      '        step two: success',
      '      workflow inner [1]: success',
      '        step two: success',
    ])
  })

  it('tells of a sleep when it is over, as long as it was', async () => {
    const w = flow('order').then(step('a')).sleep(20, { id: 'rest' }).then(step('b')).commit()
    const { engine, tree, spans } = traced(kind, [w])
    await (await engine.createRun(w)).start({})
    expect(tree()).toEqual([
      'start order: success',
      '  run order: success',
      '    step a: success',
      '    sleep rest: success',
      '    step b: success',
    ])
    const sleep = spans().find(({ name }) => name === 'sleep rest')
    expect((sleep?.endMs ?? 0) - (sleep?.startMs ?? 0)).toBeGreaterThanOrEqual(20)
  })

  it('tells of a wait for an event', async () => {
    const w = flow('order').waitForEvent('paid', { id: 'pay' }).then(step('b')).commit()
    const { engine, tree } = traced(kind, [w])
    const run = await engine.createRun(w)
    await run.startAsync({})
    await engine.sendEvent({ name: 'paid', payload: 7 })
    expect(await run.result()).toMatchObject({ status: 'success' })
    const lines = tree()
    expect(lines.at(0)).toBe('start order: success')
    expect(lines.filter((line) => line.includes('waitForEvent'))).toEqual(['    waitForEvent pay: success'])
  })

  it('ends with the error of a run that has failed', async () => {
    const w = flow('order')
      .then(
        step('pay', () => {
          throw new TypeError('no money')
        }),
      )
      .commit()
    const { engine, tree, spans } = traced(kind, [w])
    expect(await (await engine.createRun(w)).start({})).toMatchObject({ status: 'failed' })
    expect(tree()).toEqual(['start order: success', '  run order: failed', '    step pay: failed'])
    for (const name of ['run order', 'step pay']) {
      const span = spans().find((one) => one.name === name)
      expect(span).toMatchObject({ error: 'no money', attributes: { 'error.type': 'TypeError' } })
    }
  })
})
