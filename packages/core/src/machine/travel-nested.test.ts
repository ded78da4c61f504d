import { describe, expect, it } from 'vitest'
import { foreach, graph, parallel, step, workflow } from '../../test/machine/graphs.js'
import { type Play, play } from '../../test/machine/play.js'
import type { Graph } from '../graph/node.js'
import { refsOf } from './refs.js'
import type { Results } from './state.js'

const inner = (options = {}) => workflow('inner', [step('x'), step('y'), step('z')], options)

/** A step, a workflow in a workflow, and a step behind both. */
const twoDeep = (options = {}): Graph =>
  graph([step('a'), workflow('outer', [step('b'), inner(options), step('c')], options), step('d')])

function begun(nodes = twoDeep()): Play {
  const run = play(nodes)
  run.start({ input: 'in' })
  run.succeed('0', 'A')
  run.succeed('1.0', 'B')
  run.succeed('1.1.0', 'X')
  return run
}

/** Statuses of what is known within nested workflows that are over. */
function innerRecords(run: Play, ...ids: readonly string[]): Readonly<Record<string, string>> {
  let results: Results = run.withInner().root.inner.results
  for (const id of ids) results = results.get(id)?.inner ?? new Map()
  return Object.fromEntries([...results.values()].map(({ id, status }) => [id, status]))
}

describe('a time travel into a nested workflow', () => {
  it('that has ended runs its step again; what precedes it there and around it stays', () => {
    const run = begun()
    for (const path of ['1.1.1', '1.1.2', '1.2', '2']) run.succeed(path, path)
    run.end()
    run.travel('1.1.1')
    expect([run.ready(), run.input('1.1.1')]).toEqual([['1.1.1'], 'X'])
    expect(run.statuses()).toEqual({ a: 'success', outer: 'running' })
    expect(run.frame('1').inner.results.get('b')).toMatchObject({ status: 'success' })
    expect([...run.frame('1.1').inner.results.keys()]).toEqual(['x', 'y'])
    run.succeed('1.1.1', 'Y')
    run.succeed('1.1.2', 'Z')
    expect(run.input('1.2')).toBe('Z')
    run.succeed('1.2', 'C')
    expect(innerRecords(run, 'outer', 'inner')).toEqual({ x: 'success', y: 'success', z: 'success' })
    run.succeed('2', 'D')
    expect(run.end()).toEqual({ status: 'success', result: 'D' })
  })

  it('that failed or was canceled does so again and again, from what is recorded in folds that keep the most', () => {
    for (const leave of [(run: Play) => run.fail('1.1.1', 'no'), (run: Play) => run.cancel()]) {
      const run = begun()
      leave(run)
      run.end()
      for (const to of ['1.1.1', '1.1.2', '1.2', '1.1.1']) {
        expect(run.travel(to)).toBe(true)
        run.fail(to)
        run.end()
      }
      expect(innerRecords(run, 'outer')).toEqual({ b: 'success', inner: 'failed' })
      expect(innerRecords(run, 'outer', 'inner')).toEqual({ x: 'success', y: 'failed' })
      run.travel('1.1.2')
      expect(run.input('1.1.2')).toEqual({})
    }
  })

  it('that is suspended goes on in it', () => {
    const run = begun()
    run.pass(10)
    run.suspend('1.1.1')
    run.conclude()
    run.pass(10)
    run.travel('1.1.2')
    expect([run.suspended(), run.ready(), run.input('1.1.2')]).toEqual([[], ['1.1.2'], {}])
    expect(run.record('outer')).toMatchObject({ status: 'running', suspendedAt: undefined })
    run.suspend('1.1.2')
    run.conclude()
    run.travel('1.0')
    expect([run.suspended(), run.ready(), run.input('1.0')]).toEqual([[], ['1.0'], 'A'])
    run.succeed('1.0', 'B')
    expect(run.frame('1.1').record).toMatchObject({ status: 'running' })
  })

  it('leaves one that is suspended beside it as it is', () => {
    const run = play(graph([parallel([inner(), workflow('other', [step('p'), step('q')])])]))
    run.start()
    run.suspend('0.0.0')
    run.suspend('0.1.0')
    run.conclude()
    run.travel('0.1.1')
    expect([run.suspended(), run.ready()]).toEqual([['0.0.0'], ['0.1.1']])
  })

  it('drops callbacks that were about to be made', () => {
    for (const callback of ['onStart', 'onFinish'] as const) {
      const run = play(graph([parallel([step('p'), workflow('n', [step('x')], { callbacks: [callback] })])]))
      run.start({ perStep: true })
      if (callback === 'onFinish') run.succeed('0.1.0')
      else run.succeed('0.0')
      expect([run.conclude(), run.state.activities.has(`0.1/${callback}`)]).toEqual(['paused', true])
      run.travel('0.1.0')
      expect([run.state.activities.has(`0.1/${callback}`), run.frame('0.1').verdict]).toEqual([false, undefined])
    }
  })

  it('lets its time begin anew, and that of those around it', () => {
    const run = begun(twoDeep({ timeoutMs: 100 }))
    run.pass(60)
    run.fail('1.1.1')
    run.end()
    run.travel('1.1.1')
    expect(run.timers()).toEqual(['1/timeout', '1.1/timeout'])
    run.pass(60)
    run.suspend('1.1.1')
    run.conclude()
    run.travel('1.1.2')
    run.pass(39)
    expect(run.fire('1.1/timeout')).toBe(false)
    run.pass(1)
    expect(run.fire('1.1/timeout')).toBe(true)
    expect(run.end().status).toBe('failed')
  })

  it('lets its time go on where it was paused in it', () => {
    const run = play(graph([inner({ timeoutMs: 100 })]))
    run.start({ perStep: true })
    run.pass(60)
    run.succeed('0.0')
    expect([run.conclude(), run.timers()]).toEqual(['paused', ['0/timeout']])
    run.travel('0.2')
    run.pass(39)
    expect([run.ready(), run.fire('0/timeout')]).toEqual([['0.2'], false])
    run.pass(1)
    expect(run.fire('0/timeout')).toBe(true)
  })

  it('takes results that are given for its steps, and by them others for what it gets', () => {
    const run = begun()
    run.fail('1.1.1')
    run.end()
    const steps = {
      '': { a: { output: 'A!' } },
      '1': { b: { output: 'B!' }, inner: {} },
      '1.1': { x: { output: 'X!' } },
    }
    run.travel('1.1.1', { steps })
    expect([run.input('1.1.1'), run.values.read(run.frame('1').input)]).toEqual(['X!', 'A!'])
    expect(run.values.read(run.frame('1.1').input)).toBe('B!')
  })

  it('goes on with what its schema had made of its input', () => {
    const run = play(graph([step('a'), workflow('n', [step('x')])]), { parses: false })
    run.start()
    run.succeed('0', 'A')
    run.one({ event: { type: 'input-parsed', at: '1/input', value: true }, value: 'parsed' })
    run.fail('1.0')
    run.end()
    run.travel('1.0')
    expect(run.input('1.0')).toBe('parsed')
    run.fail('1.0')
    run.end()
    run.travel('1.0', { steps: { '': { a: { output: 'A!' } } } })
    expect(run.input('1.0')).toBe('A!')
  })

  it('of which nothing is known hands over what is given', () => {
    const run = play(twoDeep())
    run.travel('1.1.0', { input: 'given' })
    expect([run.input('1.1.0'), run.record('a')?.output]).toEqual(['given', {}])
    expect(run.values.read(run.frame('1.1').input)).toBe('given')
    run.cancel()
    run.end()
    const other = play(graph([step('a'), workflow('n', [parallel([inner()])]), step('d')]))
    other.travel('1.0.0.0', { input: 'given' })
    expect(other.record('a')?.output).toBe('given')
  })

  it('that is entered as a whole is asked for its input, and keeps nothing', () => {
    const run = begun()
    run.fail('1.1.1')
    run.end()
    run.travel('1')
    expect([run.ready(), run.input('1.0')]).toEqual([['1.0'], 'A'])
    expect(run.frame('1').inner.results.size).toBe(1)
  })

  it('finds the values of what it brings back among those that the state asks for', () => {
    const run = begun()
    run.fail('1.1.1', 'no')
    run.end()
    expect([...refsOf(run.state)].map((ref) => run.values.read(ref))).not.toContain('X')
    run.travel('1.1.2')
    expect([...refsOf(run.state)].map((ref) => run.values.read(ref))).toContain('X')
  })
})

describe('a time travel into a workflow that is an item', () => {
  const listed = () => {
    const run = play(graph([foreach(workflow('n', [step('x'), foreach(inner()), step('y')])), step('last')]))
    run.start({ input: ['i0', 'i1'] })
    run.count('0/items', 2, 2)
    for (const item of [0, 1]) {
      run.succeed(`0.${item}.0`, [`${item}`])
      run.count(`0.${item}.1/items`, 1)
      run.succeed(`0.${item}.1.0.0`, `X${item}`)
    }
    return run
  }

  it('finds what preceded it, in items of items too', () => {
    const run = listed()
    run.suspend('0.1.1.0.1')
    for (const path of ['0.0.1.0.1', '0.0.1.0.2', '0.0.2']) run.succeed(path, path)
    run.cancel()
    run.end()
    run.travel('0.0.1.0.1')
    expect(run.input('0.0.1.0.1')).toBe('X0')
    expect(run.ready()).toEqual(['0.0.1.0.1', '0.1.0'])
    run.fail('0.0.1.0.1')
    run.fail('0.1.0')
    run.end()
    run.travel('0.0.2')
    expect([run.input('0.0.2'), run.ready()]).toEqual([{}, ['0.0.2', '0.1.0']])
  })

  it('goes through those that are suspended', () => {
    const run = listed()
    run.suspend('0.0.1.0.1')
    run.suspend('0.1.1.0.1')
    run.conclude()
    run.travel('0.1.1.0.2')
    expect([run.suspended(), run.ready()]).toEqual([['0.0.1.0.1'], ['0.1.1.0.2']])
    expect(() => run.travel('0.1.1.1')).toThrow('no-such-item at 1')
  })
})

describe('a second time travel', () => {
  it('goes deeper into what the first one has kept', () => {
    const run = begun()
    for (const path of ['1.1.1', '1.1.2']) run.succeed(path, path)
    run.fail('1.2')
    run.end()
    run.travel('1.2')
    run.fail('1.2')
    run.end()
    run.travel('1.1.1')
    expect([run.ready(), run.input('1.1.1')]).toEqual([['1.1.1'], 'X'])
  })

  it('goes into an item that the first one has kept', () => {
    const nested = workflow('n', [workflow('m', [step('x'), step('y')]), step('z')])
    const run = play(graph([foreach(nested)]))
    run.start({ input: [1, 2] })
    run.count('0/items', 2, 2)
    for (const item of [0, 1]) {
      run.succeed(`0.${item}.0.0`, `X${item}`)
      run.succeed(`0.${item}.0.1`, `Y${item}`)
      run.succeed(`0.${item}.1`, `Z${item}`)
    }
    run.end()
    run.travel('0.1.1')
    expect(run.input('0.1.1')).toBe('Y1')
    run.fail('0.1.1')
    run.end()
    run.travel('0.1.0.1')
    expect([run.ready(), run.input('0.1.0.1')]).toEqual([['0.1.0.1'], 'X1'])
  })
})

describe('a time travel within what is suspended', () => {
  it('goes through the workflow as it is, whatever is given for it', () => {
    const run = play(graph([workflow('n', [step('a'), step('b')]), step('z')]))
    run.start({ context: { k: 1 } })
    run.claim('0.0')
    run.succeed('0.0', 'A')
    run.suspend('0.1')
    run.conclude()
    run.pass(5)
    run.travel('0.0', { steps: { '': { n: { output: 'N' } } } })
    expect(run.record('n')).toMatchObject({ status: 'running', output: undefined, startedAt: { at: 1000 } })
    expect([...run.state.context.keys()]).toEqual(['k'])
  })

  it('resumes a step that was never suspended', () => {
    const run = play(graph([step('a'), step('b')]))
    run.start()
    run.fail('0')
    run.end()
    run.travel('1', { input: 'in', resumeData: 'data' })
    expect(run.state.activities.get('1')).toMatchObject({ leg: 1, suspension: undefined })
  })
})
