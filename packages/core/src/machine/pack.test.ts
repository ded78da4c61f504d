import { describe, expect, it } from 'vitest'
import { foreach, graph, parallel, step, workflow } from '../../test/machine/graphs.js'
import { play } from '../../test/machine/play.js'
import { pictureOf } from '../../test/machine/recorded-run.js'
import type { GraphNode } from '../graph/node.js'
import { packState, packsWell, type RunState, unpackState } from './index.js'

/** A run of these nodes that has been started. */
function started(...nodes: readonly GraphNode[]) {
  const run = play(graph([...nodes]))
  run.start()
  return run
}

const packed = (state: RunState, keepInner = false) =>
  unpackState(state.root.node.graph, packState(state), { keepInner })

const steps = (count: number) => Array.from({ length: count }, (_, nth) => step(`s${nth}`))

describe('a state in one text', () => {
  it('is the same state again', () => {
    const { state, graph: nodes } = started(parallel([step('a'), foreach(step('b'))]))
    expect(pictureOf(packed(state))).toBe(pictureOf(state))
    expect(packed(state, true).keepInner).toBe(true)
    expect(packed(state).root.node.graph).toBe(nodes)
  })

  it('leaves out what most have', () => {
    const { state } = started(step('a'))
    expect(packState(state).length).toBeLessThan(500)
  })
})

describe('what is packed well', () => {
  it('is small', () => {
    expect(packsWell(started(step('a'), parallel(steps(2))).state)).toBe(true)
  })

  it('has not gone far', () => {
    const run = started(...steps(20))
    for (let at = 0; at < 15; at += 1) run.succeed(String(at))
    expect(packsWell(run.state)).toBe(true)
    run.succeed('15')
    expect(packsWell(run.state)).toBe(false)
  })

  it('has not begun again many times', () => {
    const { state } = started(step('a'))
    const earlier = Array.from({ length: 17 }, () => ({}) as RunState['earlier'][number])
    expect(packsWell({ ...state, earlier })).toBe(false)
  })

  it('has neither many members at once, nor members of members', () => {
    expect(packsWell(started(parallel(steps(17))).state)).toBe(false)
    const blocks = Array.from({ length: 4 }, (_, nth) => parallel([step(`a${nth}`), step(`b${nth}`), step(`c${nth}`)]))
    expect(packsWell(started(parallel(blocks)).state)).toBe(false)
  })

  it('has no list of outputs that is long', () => {
    const run = started(foreach(step('a')))
    run.count('0/items', 30)
    expect(packsWell(run.state)).toBe(true)
    for (let item = 0; item < 17; item += 1) run.succeed(`0.${item}`)
    expect(packsWell(run.state)).toBe(false)
  })

  it('has nothing that no checkpoint has', () => {
    for (const kept of [{ inner: new Map() }, { items: new Map() }, { done: [] }]) {
      const { state } = started(step('a'))
      Object.assign(state.root.inner.results.get('a') ?? {}, kept)
      expect(packsWell(state)).toBe(false)
    }
    expect(packsWell(started(workflow('n', steps(2))).state)).toBe(true)
  })
})
