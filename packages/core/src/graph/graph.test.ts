import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { cloneStep, createStep, createWorkflow, type Workflow } from '../builder/index.js'
import { isWorkflowError } from '../errors/index.js'
import {
  bindGraph,
  changesBetween,
  formatPath,
  type Graph,
  graphFromJSON,
  graphToJSON,
  hashGraph,
  idPathOf,
  nodeAt,
  parsePath,
  placeOf,
  resolveIds,
} from './index.js'
import { murmurHash } from './murmur-hash.js'

const any = z.any()
const step = (id: string) => createStep({ id, inputSchema: any, outputSchema: any, execute: () => 1 })
const begin = (id: string, version?: string) =>
  createWorkflow({ id, inputSchema: any, outputSchema: any, ...(version !== undefined && { version }) })

const leaf = begin('deepest').then(step('leaf')).commit()
const inner = begin('inner').then(step('first')).then(leaf).commit()
const whole: Workflow = begin('whole')
  .then(step('a'))
  .parallel({ one: step('b'), two: (flow) => flow.then(step('c')).then(inner) })
  .dowhile(step('d'), () => false)
  .foreach((flow) => flow.then(step('e')).sleep(1), { concurrency: 3 })
  .branch([[() => true, step('f')]])
  .map(() => 1)
  .sleepUntil(new Date(5))
  .commit()
const { graph } = whole

function thrown(act: () => unknown): Error {
  try {
    act()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('nothing was thrown')
}

describe('a place', () => {
  it.each([
    [[0], 'a', '0'],
    [[1, 1], 'sequence_1.1', '1.1'],
    [[1, 1, 1, 1, 0], 'leaf', '1.1.1.1.0'],
    [[2, 7], 'd', '2.0'],
    [[3, 9, 0], 'e', '3.0.0'],
    [[4, 0], 'f', '4.0'],
  ])('at %j is %s', (path, id, place) => {
    expect(nodeAt(graph, path)?.id).toBe(id)
    expect(placeOf(path, graph)).toBe(place)
  })

  it.each([[[]], [[9]], [[0, 0]], [[1, 2]], [[1, 1, 1, 1, 0, 0]]])('is nowhere at %j', (path) => {
    expect(nodeAt(graph, path)).toBeUndefined()
  })

  it('has a text form', () => {
    expect(parsePath(formatPath([1, 20, 0]))).toEqual([1, 20, 0])
    expect(parsePath('')).toEqual([])
    expect([parsePath('1..2'), parsePath('a'), parsePath('01'), parsePath('-1')]).toEqual(Array(4).fill(undefined))
  })
})

describe('ids', () => {
  it('of a path are those of nested workflows and of the step', () => {
    expect(idPathOf(graph, [1, 1, 1, 1, 0])).toEqual(['inner', 'deepest', 'leaf'])
    expect(idPathOf(graph, [3, 4, 1])).toEqual(['sleep_whole_0'])
    expect(idPathOf(graph, [1])).toEqual([])
  })

  it('lead to a place, as a list or as a text', () => {
    expect(resolveIds(graph, 'a')).toEqual([[0]])
    expect(resolveIds(graph, ['inner', 'deepest', 'leaf'])).toEqual([[1, 1, 1, 1, 0]])
    expect(resolveIds(graph, 'inner.deepest.leaf')).toEqual([[1, 1, 1, 1, 0]])
    expect(resolveIds(graph, ['inner', 'nothing'])).toEqual([])
    expect(resolveIds(graph, ['a', 'leaf'])).toEqual([])
    expect(resolveIds(graph, [])).toEqual([])
  })

  it('that contain dots win over paths that look the same', () => {
    const dotted = begin('x.y').then(step('z')).commit()
    const plain = begin('x').then(step('y.z')).commit()
    const both = begin('both').then(dotted).then(plain).commit()
    expect(resolveIds(both.graph, 'x.y.z')).toEqual([
      [0, 0],
      [1, 0],
    ])
    const exact = begin('exact').then(dotted).then(step('x.y.z')).commit()
    expect(resolveIds(exact.graph, 'x.y.z')).toEqual([[1]])
  })
})

describe('the hash of a graph', () => {
  it('is MurmurHash3 x86 128', () => {
    expect(murmurHash('')).toBe('0'.repeat(32))
    expect(murmurHash('The quick brown fox jumps over the lazy dog')).toBe('2f1583c3ecee2c675d7bf66ce5e91d2c')
  })

  it('is the same in every release', () => {
    expect(hashGraph(leaf.graph)).toBe('7899eca23b073d7dd48cffa7718327b3')
    expect(whole.hash).toBe('c2cde3053e78453f9e36ba2b530b5cf8')
  })

  it('covers ids, kinds, order and options', () => {
    const hashes = [
      begin('w').then(step('a')).then(step('b')),
      begin('w').then(step('b')).then(step('a')),
      begin('v').then(step('a')).then(step('b')),
      begin('w').parallel([step('a'), step('b')]),
      begin('w').parallel([step('a'), step('b')], { allowFailure: true }),
      begin('w').foreach(step('a')),
      begin('w').foreach(step('a'), { concurrency: 2 }),
      begin('w').then(createStep({ ...step('a'), retries: 2 })),
      begin('w').dowhile(step('a'), () => true),
      begin('w').dountil(step('a'), () => true),
    ].map((flow) => flow.commit().hash)
    expect(new Set(hashes).size).toBe(hashes.length)
  })

  it('does not cover functions, texts, values, dates and the version', () => {
    const of = (version: string, date: number, description: string) =>
      begin('w', version)
        .map({ at: { value: date } }, { description })
        .sleepUntil(new Date(date))
        .dowhile(step('a'), date === 1 ? () => true : () => false)
        .commit().hash
    expect(of('1', 1, 'a')).toBe(of('2', 2, 'b'))
  })

  it('does not depend on the order of keys', () => {
    const reversed = Object.fromEntries(Object.entries(leaf.graph).reverse()) as unknown as Graph
    expect(hashGraph(reversed)).toBe(leaf.hash)
  })
})

describe('a graph as JSON', () => {
  it('comes back as it was, with nested graphs once', () => {
    const twice = begin('twice').parallel({ x: inner, y: leaf }).commit()
    const json = JSON.parse(JSON.stringify(graphToJSON(twice.graph)))
    expect(json.graphs).toHaveLength(3)
    expect(graphFromJSON(json)).toEqual(twice.graph)
    expect(hashGraph(graphFromJSON(graphToJSON(graph)))).toBe(whole.hash)
  })

  it.each<readonly [string, readonly (string | number)[], unknown, string]>([
    ['a new format', ['format'], 2, 'at the root: "format" must be 1'],
    ['an unknown kind', ['graphs', 2, 'nodes', 0, 'kind'], 'race', 'at graph 2.0: unknown kind "race"'],
    ['a missing id', ['graphs', 2, 'nodes', 3, 'id'], undefined, 'at graph 2.3: "id" must be a text'],
    ['a bad number', ['graphs', 2, 'nodes', 3, 'concurrency'], 0, 'at graph 2.3: "concurrency" must be'],
    ['a graph that comes later', ['graphs', 1, 'nodes', 1, 'graph'], 1, 'at graph 1.1: "graph" names no graph'],
    ['no nodes', ['graphs', 0, 'nodes'], [], 'at graph 0: "nodes" is empty'],
    ['an unknown callback', ['graphs', 0, 'callbacks'], ['onEnd'], 'at graph 0: unknown callback onEnd'],
    ['too much jitter', ['graphs', 0, 'retry', 'jitter'], 2, 'at graph 0.retry: "jitter" must not'],
    ['an unknown loop', ['graphs', 2, 'nodes', 2, 'loopType'], 'until', 'at graph 2.2: "loopType" must be'],
    ['a member without a node', ['graphs', 2, 'nodes', 1, 'members', 0, 'node'], 1, 'at graph 2.1.0: expected'],
    ['an id that stands twice', ['graphs', 2, 'nodes', 5, 'id'], 'a', 'at graph 2.5: the step id "a" stands twice'],
  ])('is refused with %s', (...[, path, value, message]) => {
    const error = thrown(() => graphFromJSON(changed(graphToJSON(graph), path, value)))
    expect(isWorkflowError(error, 'WF_INVALID_GRAPH')).toBe(true)
    expect(error.message).toContain(message)
  })

  it.each([[null], [[]], ['x'], [{ format: 1, graphs: [] }], [{ format: 1, graphs: [null] }]])(
    'is refused when it is %j',
    (json) => {
      expect(
        isWorkflowError(
          thrown(() => graphFromJSON(json)),
          'WF_INVALID_GRAPH',
        ),
      ).toBe(true)
    },
  )

  it('is refused when it is too deep', () => {
    let node: object = { kind: 'step', id: 'a', canSuspend: false }
    for (let depth = 0; depth < 5000; depth++) node = { kind: 'loop', id: 'l', loopType: 'dowhile', body: node }
    const json = { format: 1, graphs: [{ ...graphToJSON(leaf.graph).graphs[0], nodes: [node] }] }
    expect(thrown(() => graphFromJSON(json)).message).toContain('nested more than')
  })
})

/** The same JSON with another value at one place. */
function changed(json: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  const copy = Array.isArray(json) ? [...json] : { ...(json as object) }
  Reflect.set(copy, key, changed(Reflect.get(copy, key), rest, value))
  return copy
}

describe('binding', () => {
  it('accepts the graph of the workflow, stored or not', () => {
    expect(bindGraph(graph, whole)).toBe(graph)
    bindGraph(graphFromJSON(graphToJSON(graph)), whole)
  })

  it.each([
    ['another step', begin('w').then(step('a')), begin('w').then(step('b')), 'has not a step for step "a" at 0'],
    [
      'a function that is now a number',
      begin('w').sleep(() => 1, { id: 's' }),
      begin('w').sleep(1, { id: 's' }),
      'a sleep function for sleep "s" at 0',
    ],
    [
      'an arm more',
      begin('w').branch([
        [() => true, step('a')],
        [() => true, step('b')],
      ]),
      begin('w').branch([[() => true, step('a')]]),
      'has not 2 conditions',
    ],
    [
      'a change inside a nested workflow',
      begin('w').then(begin('n').then(step('a')).commit()),
      begin('w').then(begin('n').then(step('b')).commit()),
      'has not a step for step "a" at 0.0',
    ],
  ])('refuses %s', (...[, before, after, message]) => {
    const error = thrown(() => bindGraph(before.commit().graph, after.commit()))
    expect(isWorkflowError(error, 'WF_GRAPH_CHANGED')).toBe(true)
    expect(error.message).toContain(message)
  })
})

describe('changes between graphs', () => {
  const before = begin('w')
    .then(step('a'))
    .parallel([step('b'), step('c')])
    .then(inner)
    .commit().graph

  it('are none when what was mentioned is the same', () => {
    const after = begin('w')
      .then(createStep({ ...step('a'), retries: 3 }))
      .parallel([step('b'), step('other')])
      .then(inner)
      .then(step('more'))
      .commit().graph
    expect(changesBetween(before, after, [[0], [1, 0], [2, 1, 0]])).toEqual([])
    expect(changesBetween(before, after, [[1, 1]])).toEqual([
      { path: [1, 1], before: { kind: 'step', id: 'c' }, after: { kind: 'step', id: 'other' } },
    ])
  })

  it('name the outermost place that differs, once', () => {
    const after = begin('w')
      .then(step('a'))
      .branch([
        [() => true, step('b')],
        [() => true, step('c')],
      ])
      .commit().graph
    expect(changesBetween(before, after, [[0], [1, 0], [1, 1], [2]])).toEqual([
      { path: [1], before: { kind: 'parallel', id: 'parallel_1' }, after: { kind: 'branch', id: 'branch_1' } },
      { path: [2], before: { kind: 'workflow', id: 'inner' } },
    ])
  })

  it('look at iterations and items as one place', () => {
    const looped = (id: string) => begin('w').foreach(step(id)).commit().graph
    expect(
      changesBetween(looped('a'), looped('b'), [
        [0, 5],
        [0, 6],
      ]),
    ).toHaveLength(1)
    expect(changesBetween(looped('a'), looped('a'), [[0, 5]])).toEqual([])
  })
})

describe('a clone', () => {
  it('of a step may stand beside it', () => {
    const a = step('a')
    expect(
      begin('w')
        .then(a)
        .then(cloneStep(a, { id: 'a2' }))
        .commit().graph.nodes,
    ).toHaveLength(2)
  })
})
