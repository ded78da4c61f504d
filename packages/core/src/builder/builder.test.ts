import { describe, expect, it } from 'vitest'
import { a, begin, body, ids, loose, refusal, step } from '../../test/builder/plain-steps.js'
import type { WorkflowErrorCode } from '../errors/index.js'
import { assertWorkflow } from './index.js'

describe('a builder', () => {
  it('is never changed', () => {
    const one = begin().then(a)
    const two = one.then(step('b')).commit()
    const other = one.then(step('c')).commit()
    expect([ids(one.commit().graph.nodes), ids(two.graph.nodes), ids(other.graph.nodes)]).toEqual([
      ['a'],
      ['a', 'b'],
      ['a', 'c'],
    ])
  })

  it('grows by a step at a constant price', () => {
    let flow = begin()
    for (let index = 0; index < 10_000; index++) flow = flow.then(step(`s${index}`)) as never
    const { graph, functions } = flow.commit()
    expect(graph.nodes).toHaveLength(10_000)
    expect(functions.get('9999')?.step?.id).toBe('s9999')
  })

  it('gives ids by position, maps and sleeps counted apart', () => {
    const flow = begin()
      .map(body)
      .sleep(1)
      .parallel({ x: (inside) => inside.map(body).sleep(2), y: (inside) => inside.map(body, { id: 'named' }) })
      .map(body)
      .sleepUntil(new Date(0))
    const { nodes } = flow.commit().graph
    expect(nodes).toMatchObject([
      { id: 'mapping_w_0' },
      { id: 'sleep_w_0' },
      {
        id: 'parallel_2',
        members: [
          {
            key: 'x',
            node: { kind: 'sequence', id: 'sequence_2.0', nodes: [{ id: 'mapping_w_1' }, { id: 'sleep_w_1' }] },
          },
          { key: 'y', node: { kind: 'map', id: 'named' } },
        ],
      },
      { id: 'mapping_w_3' },
      { id: 'sleep_w_2' },
    ])
  })

  it('keeps functions by place and enters nested workflows', () => {
    const condition = () => true
    const inner = begin('inner')
      .foreach(step('b'), { concurrency: () => 2 })
      .commit()
    const { functions } = begin()
      .branch([[condition, inner]])
      .dowhile((flow) => flow.then(a).sleep(() => 1), condition)
      .commit()
    expect([...functions.keys()]).toEqual(['0', '0.0', '0.0.0', '0.0.0.0', '1', '1.0.0', '1.0.1'])
    expect(functions.size).toBe(7)
    expect(functions.get('0')?.conditions).toEqual([condition])
    expect(functions.get('0.0')?.workflow).toBe(inner)
    expect(functions.get('0.0.0')?.concurrency?.({} as never)).toBe(2)
    expect(functions.get('0.0.0.0')?.step?.id).toBe('b')
    expect(functions.get('1')?.condition).toBe(condition)
    expect(functions.has('0.0.0.1')).toBe(false)
  })

  it('names members by id in a list and by name in a record', () => {
    const { nodes } = begin()
      .parallel([a, step('b')])
      .branch({ yes: [body as never, step('c')], no: [body as never, (flow) => flow.then(step('d')).map(body)] })
      .commit().graph
    expect(nodes).toMatchObject([
      { allowFailure: false, members: [{ key: 'a' }, { key: 'b' }] },
      {
        members: [
          { key: 'yes', node: { kind: 'step', id: 'c' } },
          { key: 'no', node: { kind: 'sequence' } },
        ],
      },
    ])
  })

  it('waits at once when a time to wait is over', () => {
    expect(begin().sleep(-5).commit().graph.nodes).toMatchObject([{ durationMs: 0 }])
  })

  it.each<readonly [string, () => unknown, WorkflowErrorCode, string]>([
    [
      'null for a step',
      () => begin().then(null as never),
      'WF_INVALID_GRAPH',
      '`.then()` needs a step or a workflow, got null',
    ],
    ['an object for a step', () => begin().then({ id: 'a' } as never), 'WF_INVALID_GRAPH', 'got an object'],
    ['a text for a body', () => begin().foreach('a' as never), 'WF_INVALID_GRAPH', '`.foreach()` needs a step'],
    ['an empty parallel', () => begin().parallel([] as never), 'WF_INVALID_GRAPH', '`.parallel()` has no members'],
    ['an empty branch', () => begin().branch({}), 'WF_INVALID_GRAPH', '`.branch()` has no members'],
    [
      'a flow in a list',
      () => begin().parallel([(flow: never) => flow] as never),
      'WF_INVALID_GRAPH',
      'got a function',
    ],
    [
      'an empty flow',
      () => begin().parallel({ x: (flow) => flow }),
      'WF_INVALID_GRAPH',
      '`.parallel().x`: the flow has no step',
    ],
    [
      'a flow of another workflow',
      () => begin().parallel({ x: () => begin('v').then(a) }),
      'WF_INVALID_GRAPH',
      'must return the flow',
    ],
    [
      'a committed flow',
      () =>
        begin().parallel({
          x: ((flow: never) => loose(flow).then?.(a)) as never,
          y: ((flow: never) => loose(loose(flow).then?.(a) ?? {}).commit?.()) as never,
        }),
      'WF_INVALID_GRAPH',
      'returned, not committed',
    ],
    [
      'an arm without a condition',
      () => begin().branch([[a]] as never),
      'WF_INVALID_GRAPH',
      '`.branch()[0]` must be [condition, step]',
    ],
    [
      'an arm without a step',
      () => begin().branch([[body, undefined]] as never),
      'WF_INVALID_GRAPH',
      '`.branch()[0]` needs a step',
    ],
    [
      'a condition that is none',
      () => begin().branch([[true, a]] as never),
      'WF_INVALID_GRAPH',
      'the condition must be a function, got true',
    ],
    [
      'a loop without a condition',
      () => begin().dountil(a, undefined as never),
      'WF_INVALID_GRAPH',
      '`.dountil()`: the condition must be a function',
    ],
    ['an empty name', () => begin().parallel({ '': a }), 'WF_INVALID_GRAPH', 'name must not be empty'],
    [
      'no concurrency',
      () => begin().foreach(a, { concurrency: 0 }),
      'WF_INVALID_OPTION',
      '`.foreach().concurrency` must be a whole number, 1 or more',
    ],
    ['a part of a concurrency', () => begin().foreach(a, { concurrency: 1.5 }), 'WF_INVALID_OPTION', 'got 1.5'],
    [
      'a duration that is none',
      () => begin().sleep(Number.NaN),
      'WF_INVALID_OPTION',
      '`.sleep()` must be milliseconds, got NaN',
    ],
    [
      'a date that is none',
      () => begin().sleepUntil(new Date('x')),
      'WF_INVALID_OPTION',
      '`.sleepUntil()` needs a valid date',
    ],
    [
      'a bad id',
      () => begin().map(body, { id: '' }),
      'WF_INVALID_GRAPH',
      '`.map().id` must be a text that is not empty',
    ],
    [
      'options that are none',
      () => begin().parallel([a], 'x' as never),
      'WF_INVALID_OPTION',
      '`.parallel()` must be an object',
    ],
    ['a map of nothing', () => begin().map(1 as never), 'WF_INVALID_GRAPH', '`.map()` needs a function or sources'],
    [
      'the same id twice',
      () => begin().then(a).then(a).commit(),
      'WF_INVALID_GRAPH',
      'the step id "a" stands twice, at 0 and at 1',
    ],
    [
      'the same id in a block',
      () =>
        begin()
          .then(a)
          .parallel({ x: (flow) => flow.sleep(1).then(a) })
          .commit(),
      'WF_INVALID_GRAPH',
      'at 0 and at 1.0.1',
    ],
    ['the id of a map', () => begin().then(a).map(body, { id: 'a' }).commit(), 'WF_INVALID_GRAPH', 'stands twice'],
    ['the id "input"', () => begin().then(step('input')).commit(), 'WF_INVALID_GRAPH', '"input" is reserved'],
  ])('refuses %s', (...[, act, code, message]) => {
    const error = refusal(act, code)
    expect(error.message).toContain(message)
    expect(error.message).toContain('workflow "w"')
    expect(error.workflowId).toBe('w')
  })

  it('refuses what was not committed', () => {
    const text = 'Uncommitted step flow changes detected. Call .commit() to register the steps.'
    const empty = 'Execution flow of workflow is not defined. Add steps to the workflow via .then(), .branch(), etc.'
    const open = begin('open').then(a)
    expect(refusal(() => begin().then(open as never), 'WF_NOT_COMMITTED').message).toContain(text)
    expect(refusal(() => assertWorkflow(open), 'WF_NOT_COMMITTED').workflowId).toBe('open')
    expect(refusal(() => assertWorkflow(begin()), 'WF_INVALID_GRAPH').message).toContain(empty)
    expect(refusal(() => begin().commit(), 'WF_INVALID_GRAPH').message).toContain(empty)
    expect(refusal(() => assertWorkflow({}), 'WF_INVALID_OPTION').field).toBe('workflow')
    expect(() => assertWorkflow(open.commit())).not.toThrow()
  })

  it('can be neither awaited nor extended when it is committed', async () => {
    const asleep = async () => begin().then(a) as unknown as Promise<unknown>
    await expect(asleep()).rejects.toThrow('cannot be awaited')
    expect(
      refusal(() => begin().foreach((async (flow: never) => loose(flow).then?.(a)) as never), 'WF_INVALID_GRAPH'),
    ).toBeDefined()
    const committed = begin().then(a).commit()
    expect(await committed).toBe(committed)
    expect(() => loose(committed).then?.(a) ?? loose(committed).parallel?.([a])).not.toThrow()
    expect('then' in committed || 'parallel' in committed || 'commit' in committed).toBe(false)
  })

  it('has scopes: ids of a nested workflow are its own', () => {
    const inner = begin('inner').then(a).commit()
    expect(begin().then(a).then(inner).commit().graph.nodes).toHaveLength(2)
  })
})
