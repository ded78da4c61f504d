import { describe, expect, it } from 'vitest'
import { dountil, foreach, graph, parallel, sleep, step, waitForEvent } from '../../test/machine/graphs.js'
import { play } from '../../test/machine/play.js'
import { loadState, type Saved, saveState } from './index.js'

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
