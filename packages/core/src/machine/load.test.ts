import { describe, expect, it } from 'vitest'
import { dountil, foreach, graph, parallel, sleep, step, waitForEvent, workflow } from '../../test/machine/graphs.js'
import { type Play, play } from '../../test/machine/play.js'
import { FewMap } from './few-map.js'
import { loadState, type RunState, type Saved, saveState } from './index.js'
import { usedMs } from './state.js'

const copy = (saved: Saved): Saved => JSON.parse(JSON.stringify(saved))

describe('a checkpoint', () => {
  it('of a run that has not begun is the first state', () => {
    const empty = graph([step('a')])
    const run = play(empty)
    expect(saveState(loadState(empty, copy(saveState(run.state))))).toEqual(saveState(run.state))
  })

  it('gives its results to the records of frames, and not to blocks that bear the id of a step', () => {
    const nodes = graph([foreach(parallel([foreach(step('a')), dountil(step('b'))]))])
    const run = play(nodes)
    run.start()
    run.count('0/items', 1)
    run.count('0.0.0/items', 1)
    const loaded = loadState(nodes, copy(saveState(run.state)))
    const item = loaded.root.children?.get(0)?.children?.get(0)
    const inner = item?.children?.get(0)
    expect(item?.children?.get(1)).toMatchObject({ record: undefined, node: { id: 'b', kind: 'loop' } })
    expect(inner?.record).toBe(inner?.scope.results.get('a'))
    expect(inner?.children?.get(0)?.record).toMatchObject({ id: 'a' })
    expect(inner?.children?.get(0)?.record).not.toBe(inner?.record)
    expect([loaded.root.record, item?.record]).toEqual([undefined, undefined])
  })

  it('is refused where it names places that the graph does not have', () => {
    const run = play(graph([step('x'), parallel([step('a'), sleep('s', 5)])]))
    run.start()
    run.succeed('0')
    const saved = copy(saveState(run.state))
    expect(() => loadState(graph([step('x')]), saved)).toThrow('a place that the graph does not have: .1')
    expect(() => loadState(graph([step('x'), step('a')]), saved)).toThrow('1.0')
    expect(() => loadState(graph([step('x'), parallel([step('a')])]), saved)).toThrow('1.1')
    const gone: Saved = { ...saved, root: { ...saved.root, children: [] } }
    expect(() => loadState(run.graph, gone)).toThrow('a timer at a place that was left: 1.1')
  })

  it('is refused where something waits for an event at a place that was left', () => {
    const run = play(graph([waitForEvent('w')]))
    run.start()
    run.await('0/key')
    const saved = copy(saveState(run.state))
    expect(saved.waits).toMatchObject([{ at: '0', placed: false }])
    const gone: Saved = { ...saved, root: { ...saved.root, children: [] } }
    expect(() => loadState(run.graph, gone)).toThrow('a wait at a place that was left: 0')
  })

  it('still knows that no item of a foreach was over', () => {
    const run = play(graph([foreach(step('a'))]))
    run.start()
    run.count('0/items', 2)
    run.cancel()
    const loaded = loadState(run.graph, copy(saveState(run.state)))
    expect([run.record('a')?.done, loaded.root.inner.results.get('a')?.done]).toEqual([[], []])
  })

  it('is refused where something waits or is suspended that is not there', () => {
    const run = play(graph([foreach(step('a'))]))
    run.start()
    run.count('0/items', 1)
    const saved = copy(saveState(run.state))
    const [child] = saved.root.children ?? []
    if (!child) throw new Error('the foreach was not saved')
    const held: Saved = { ...saved, root: { ...saved.root, children: [{ ...child, held: [7] }] } }
    expect(() => loadState(run.graph, held)).toThrow('lets an item wait that is not there: 0.7')
    expect(() => loadState(run.graph, { ...saved, suspended: ['9'] })).toThrow(
      'a suspension at a place that was left: 9',
    )
  })
})

/** All of it, whichever maps hold it; frames that hang together by their paths. */
const plain = (state: RunState): unknown =>
  JSON.parse(
    JSON.stringify(state, (key, value) => {
      if (key === 'parent' || key === 'frame') return value?.path
      if (key === 'used') return usedMs(value) || undefined
      if (value instanceof Map) return Object.fromEntries(value)
      return value instanceof FewMap ? Object.fromEntries([...value.keys()].map((at) => [at, value.get(at)])) : value
    }),
  )

describe('a state that is loaded', () => {
  const isTheSame = (run: Play) =>
    expect(plain(loadState(run.graph, copy(saveState(run.state))))).toEqual(plain(run.state))

  it('is the one that was saved, with its results, timers, waits and suspensions', () => {
    const members = [step('a', { attempts: 1, delayMs: 9 }), sleep('s', 5), waitForEvent('w'), step('b'), step('c')]
    const run = play(graph([step('first'), parallel(members)], { timeoutMs: 50, callbacks: ['onFinish'] }))
    run.start({ input: 1, state: { x: 1 }, context: { k: 1, l: 2 } })
    isTheSame(run)
    run.setState('0', { y: 2 })
    run.setContext('0', { m: 3 }, ['k'])
    run.succeed('0', 'out')
    run.fail('1.0')
    run.await('1.2/key')
    run.placed('1.2')
    run.setState('1.3', { z: 3 })
    run.suspend('1.3', 'why', { output: 'said', labels: ['label'] })
    isTheSame(run)
    run.pass(4)
    run.resume('1.3', { data: 'go', label: 'label' })
    run.suspend('1.3')
    run.claim('1.4')
    isTheSame(run)
    run.commit({
      type: 'step-released',
      at: '1.4',
      claim: run.state.activities.get('1.4')?.claim?.ref ?? 0,
      wrote: true,
    })
    isTheSame(run)
  })

  it('is the one that was saved, with its items, failures and what was decided', () => {
    const nested = workflow('n', [step('i'), step('j')], { callbacks: ['onFinish'], timeoutMs: 30 })
    const run = play(graph([parallel([foreach(step('x')), foreach(nested), dountil(step('l'))])]))
    run.start({ gates: [{ id: 'g', counts: true }], priority: 2 })
    run.one({ type: 'run-queued', gate: 'g', ticket: 1 })
    isTheSame(run)
    run.one({ type: 'run-admitted', gate: 'g', ticket: 1 })
    run.count('0.0/items', 4, 2)
    run.succeed('0.0.1', 'X1')
    run.bail('0.0.0', 'enough')
    run.count('0.1/items', 2, 2)
    run.fail('0.1.0.0', 'no')
    run.succeed('0.2.0', 'L')
    run.say('0.2/condition', false)
    isTheSame(run)
    run.cancel()
    isTheSame(run)
    run.end()
    isTheSame(run)
  })

  it('is the one that was saved, with the ends of earlier generations', () => {
    const run = play(graph([step('a'), step('b')]))
    run.start({ perStep: true })
    run.succeed('0', 'A')
    isTheSame(run)
    run.conclude()
    isTheSame(run)
    run.cancel()
    run.end()
    run.pass(7)
    run.travel('1', { input: 'B' })
    isTheSame(run)
    expect(run.state.earlier).toEqual([
      { outcome: expect.objectContaining({ status: 'canceled' }), endedAt: { at: 1_000 } },
    ])
  })

  it('was saved in one order, in whichever it came about', () => {
    const run = play(graph([parallel([waitForEvent('u'), waitForEvent('v'), step('a'), step('b')])]))
    run.start()
    for (const place of ['0.1', '0.0']) run.await(`${place}/key`, { forMs: 5 })
    for (const place of ['0.3', '0.2']) run.suspend(place)
    const { waits, timers, suspended } = saveState(run.state)
    expect([waits?.map(({ at }) => at), timers.map(({ key }) => key), suspended]).toEqual([
      ['0.0', '0.1'],
      ['0.0/event', '0.1/event'],
      ['0.2', '0.3'],
    ])
  })
})
