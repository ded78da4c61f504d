import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { isWorkflowError } from '../errors/index.js'
import { bindGraph, graphFromJSON, graphToJSON, hashGraph } from '../graph/index.js'
import { createEvent, createStep, createWorkflow, type WorkflowResult } from './index.js'

const any = z.any()
const begin = (id = 'w') => createWorkflow({ id, inputSchema: z.object({ order: z.string() }), outputSchema: any })
const paid = createEvent({ name: 'paid', schema: z.object({ amount: z.string().transform(Number) }) })

describe('a wait for an event', () => {
  it('is a node of the graph, with what was said of it', () => {
    const { graph, functions, stepGraph, serializedStepGraph } = begin()
      .waitForEvent(paid)
      .waitForEvent('x', { id: 'x', key: 'k', timeoutMs: 5, onTimeout: 'null', description: 'd', metadata: { a: 1 } })
      .waitForEvent('y', { key: () => 'computed', timeoutMs: 0, onTimeout: 'fail' })
      .commit()
    expect(graph.nodes).toEqual([
      { kind: 'waitForEvent', id: 'event_w_0', event: 'paid', key: '' },
      {
        kind: 'waitForEvent',
        id: 'x',
        event: 'x',
        key: 'k',
        timeoutMs: 5,
        orNull: true,
        description: 'd',
        metadata: { a: 1 },
      },
      { kind: 'waitForEvent', id: 'event_w_2', event: 'y', timeoutMs: 0 },
    ])
    expect(functions.get('0')?.awaits?.schema).toBe(paid.schema)
    expect(stepGraph[2]).toMatchObject({ type: 'waitForEvent', fn: functions.get('2')?.awaits?.key })
    expect(serializedStepGraph).toMatchObject([
      { type: 'waitForEvent', id: 'event_w_0', event: 'paid', key: '' },
      { type: 'waitForEvent', id: 'x', timeoutMs: 5, onTimeout: 'null' },
      { type: 'waitForEvent', onTimeout: 'fail', fn: expect.stringContaining('computed') },
    ])
  })

  it('comes back from JSON, and needs its function again', () => {
    const fixed = begin().waitForEvent('x', { key: '', timeoutMs: 5, onTimeout: 'null' }).commit()
    const computed = begin()
      .waitForEvent('x', { key: () => '' })
      .commit()
    for (const { graph } of [fixed, computed]) {
      expect(graphFromJSON(JSON.parse(JSON.stringify(graphToJSON(graph))))).toEqual(graph)
      expect(hashGraph(graphFromJSON(graphToJSON(graph)))).toBe(hashGraph(graph))
    }
    expect(bindGraph(graphFromJSON(graphToJSON(fixed.graph)), fixed)).toBeTruthy()
    const stored = graphFromJSON(graphToJSON(computed.graph))
    expect(bindGraph(stored, computed)).toBe(stored)
    expect(() => bindGraph(stored, fixed)).toThrow('has not a key function for waitForEvent "event_w_0"')
  })

  it('is another graph with another event, key, time or outcome', () => {
    const hashes = [
      begin().waitForEvent('x'),
      begin().waitForEvent('y'),
      begin().waitForEvent('x', { key: 'k' }),
      begin().waitForEvent('x', { key: () => 'k' }),
      begin().waitForEvent('x', { timeoutMs: 1 }),
      begin().waitForEvent('x', { timeoutMs: 1, onTimeout: 'null' }),
    ].map((flow) => flow.commit().hash)
    expect(new Set(hashes).size).toBe(hashes.length)
  })

  it('may stand wherever a step may', () => {
    const { graph } = begin()
      .parallel({ one: (flow) => flow.waitForEvent('x'), two: (flow) => flow.waitForEvent('y').map(() => 1) })
      .map(() => [1])
      .foreach((flow) => flow.waitForEvent('z', { key: ({ inputData }) => String(inputData) }))
      .commit()
    expect(graph.nodes).toMatchObject([
      { members: [{ key: 'one', node: { kind: 'waitForEvent' } }, { node: { kind: 'sequence' } }] },
      { kind: 'map' },
      { kind: 'foreach', body: { kind: 'waitForEvent' } },
    ])
  })

  it.each<readonly [string, () => unknown, string]>([
    ['no event', () => begin().waitForEvent(undefined as never), '`.waitForEvent()` needs the name of an event'],
    ['an empty name', () => begin().waitForEvent(''), 'got ""'],
    ['an event without a name', () => begin().waitForEvent({ name: 1 } as never), 'got an object'],
    ['a schema that is none', () => begin().waitForEvent({ ...paid, schema: 1 } as never), '.schema` must be a schema'],
    [
      'a negative time',
      () => begin().waitForEvent('x', { timeoutMs: -1 }),
      'timeoutMs` must be milliseconds, 0 or more',
    ],
    ['no number', () => begin().waitForEvent('x', { timeoutMs: Number.NaN }), 'got NaN'],
    ['too long a time', () => begin().waitForEvent('x', { timeoutMs: 1e16 }), 'got 10000000000000000'],
    [
      'an outcome that is none',
      () => begin().waitForEvent('x', { onTimeout: 'x' as never }),
      "must be 'fail' or 'null'",
    ],
    ['a key that is none', () => begin().waitForEvent('x', { key: 7 as never }), 'must be a text, or a function'],
    ['two schemas', () => begin().waitForEvent(paid, { schema: any }), 'the event "paid" has a schema of its own'],
    ['a declaration without a name', () => createEvent({ name: '' }), 'must be a text that is not empty'],
    ['a declaration with no schema', () => createEvent({ name: 'x', schema: 1 as never }), 'event "x"'],
    ['no declaration', () => createEvent(undefined as never), 'createEvent: the argument must be an object'],
  ])('is refused with %s', (_what, act, message) => {
    try {
      act()
    } catch (error) {
      expect(isWorkflowError(error, 'WF_INVALID_OPTION')).toBe(true)
      expect((error as Error).message).toContain(message)
      return
    }
    throw new Error('nothing was thrown')
  })
})

describe('the payload of an event', () => {
  it('is what its schema makes of it', () => {
    const flow = begin()
      .waitForEvent(paid, { id: 'paid', key: ({ inputData }) => inputData.order })
      .map(({ inputData, getStepResult }) => {
        expectTypeOf(inputData).toEqualTypeOf<{ amount: number }>()
        expectTypeOf(getStepResult('paid')).toEqualTypeOf<{ amount: number } | null>()
        return inputData.amount
      })
    const workflow = flow.commit()
    const result = {} as WorkflowResult<typeof workflow>
    if (result.status === 'success' && result.steps.paid?.status === 'success')
      expectTypeOf(result.steps.paid.output).toEqualTypeOf<{ amount: number }>()
  })

  it('is of a schema that stands beside its name, or unknown', () => {
    begin()
      .waitForEvent('x', { schema: z.string() })
      .map(({ inputData }) => expectTypeOf(inputData).toEqualTypeOf<string>())
      .waitForEvent('x')
      .map(({ inputData }) => expectTypeOf(inputData).toEqualTypeOf<unknown>())
      .waitForEvent(createEvent({ name: 'bare' }))
      .map(({ inputData }) => expectTypeOf(inputData).toEqualTypeOf<unknown>())
  })

  it('may be null where that is what comes of a time that is up', () => {
    begin()
      .waitForEvent('x', { schema: z.string(), timeoutMs: 1, onTimeout: 'null' })
      .map(({ inputData }) => expectTypeOf(inputData).toEqualTypeOf<string | null>())
      .waitForEvent('x', { schema: z.string(), timeoutMs: 1, onTimeout: 'fail' })
      .map(({ inputData }) => expectTypeOf(inputData).toEqualTypeOf<string>())
  })

  it('must fit the step behind the wait', () => {
    const pay = createStep({
      id: 'pay',
      inputSchema: z.object({ amount: z.number() }),
      outputSchema: any,
      execute: () => 1,
    })
    begin().waitForEvent(paid).then(pay)
    // @ts-expect-error: a text is no amount
    begin().waitForEvent('x', { schema: z.string() }).then(pay)
    // @ts-expect-error: null may come
    begin().waitForEvent(paid, { onTimeout: 'null' }).then(pay)
  })

  it('resumes a suspended step, and must fit its resume schema', () => {
    createStep({
      id: 'ask',
      inputSchema: any,
      outputSchema: any,
      resumeSchema: z.object({ amount: z.string() }),
      execute: async ({ suspend, resumeData }) => {
        expectTypeOf(resumeData).toEqualTypeOf<{ amount: string } | undefined>()
        await suspend(undefined, { waitForEvent: { event: paid, key: 'k', timeoutMs: 5 } })
        await suspend(undefined, { waitForEvent: { event: 'x', onTimeout: 'fail' } })
        // @ts-expect-error: it has another payload
        await suspend(undefined, { waitForEvent: { event: createEvent({ name: 'x', schema: z.number() }) } })
        // @ts-expect-error: the resume schema does not take null
        return suspend(undefined, { waitForEvent: { event: paid, onTimeout: 'null' } })
      },
    })
    createStep({
      id: 'ask',
      inputSchema: any,
      outputSchema: any,
      resumeSchema: z.string().nullable(),
      execute: ({ suspend }) => suspend(undefined, { waitForEvent: { event: 'x', timeoutMs: 5, onTimeout: 'null' } }),
    })
  })
})
