import { describe, expect, it } from 'vitest'
import { foreach, graph, parallel, step, workflow } from '../../test/machine/graphs.js'
import { type Play, play } from '../../test/machine/play.js'
import { refsIn, refsOf } from './refs.js'
import { NOTHING } from './source.js'

/** What the state still asks for, by the values that it is made of. */
const asked = (run: Play) =>
  [...refsOf(run.state)].map((ref) => run.values.read(ref)).filter((value) => typeof value === 'string')

describe('the values of a source', () => {
  it('are those that it is put together from, each once, and not the one that is nothing', () => {
    const fields = { fields: [['a', { of: 3, at: 'x' }] as const, ['b', NOTHING] as const] }
    expect([...refsIn({ items: [1, null, fields, 1] })]).toEqual([1, 3])
  })
})

describe('the values that a state asks for', () => {
  it('are those of its records, outputs, errors and outcome', () => {
    const run = play(graph([step('a'), step('b')]))
    run.start({ input: 'in' })
    run.succeed('0', 'A')
    expect(asked(run)).toEqual(['A'])
    run.fail('1', 'no')
    expect(asked(run).sort()).toEqual(['A', 'no'])
  })

  it('are those of members and items that are not gathered yet', () => {
    const run = play(graph([parallel([step('a'), step('b'), foreach(step('c'))])]))
    run.start()
    run.succeed('0.0', 'A')
    run.fail('0.1', 'no')
    run.count('0.2/items', 3, 3)
    run.succeed('0.2.1', 'C1')
    run.bail('0.2.0', 'enough')
    expect(asked(run).sort()).toEqual(['A', 'C1', 'enough', 'no'])
  })

  it('are those of blocks and lists that are put together from others', () => {
    const run = play(graph([parallel([step('a'), step('b')]), foreach(step('c')), step('z')]))
    run.start()
    run.succeed('0.0', 'A')
    run.succeed('0.1', 'B')
    run.count('1/items', 2, 2)
    run.succeed('1.0', 'C0')
    run.succeed('1.1', 'C1')
    expect(asked(run).sort()).toEqual(['A', 'B', 'C0', 'C1'])
  })

  it('are those of the fields of an item that is over, whose records are gone', () => {
    const run = play(graph([foreach(parallel([step('a'), step('b')]))]))
    run.start()
    run.count('0/items', 2)
    run.succeed('0.0.0', 'A0')
    run.succeed('0.0.1', 'B0')
    expect(asked(run).sort()).toEqual(['A0', 'B0'])
  })

  it('are those of suspensions, resumes, state and context', () => {
    const run = play(graph([parallel([step('a'), step('b')])]))
    run.start({ state: { x: 1 }, context: { c: 1, d: 1 } })
    run.setState('0.0', { y: 1 })
    run.succeed('0.0')
    run.setState('0.1', { z: 1 })
    run.setContext('0.1', {}, ['d'])
    run.suspend('0.1', 'p', { output: 'o' })
    const before = refsOf(run.state)
    run.resume('0.1', { data: 'd' })
    expect([...refsOf(run.state)].filter((ref) => !before.has(ref))).toHaveLength(1)
    expect([...refsOf(run.state)].every((ref) => ref > 0)).toBe(true)
    expect(before.size).toBe(4)
  })

  it('are those of finished nested workflows only in folds that keep them', () => {
    for (const keepInner of [true, false]) {
      const run = play(graph([workflow('n', [step('a'), step('b')]), step('z')]), { keepInner, checks: false })
      run.start()
      run.succeed('0.0', 'A')
      run.succeed('0.1', 'B')
      expect(asked(run).sort()).toEqual(keepInner ? ['A', 'B'] : ['B'])
    }
  })

  it('are those of the workflows that were items only in folds that keep them', () => {
    for (const keepInner of [true, false]) {
      const items = foreach(workflow('n', [step('a'), step('b')]))
      const run = play(graph([items, step('z')]), { keepInner, checks: false })
      run.start()
      run.count('0/items', 2, 2)
      for (const item of [0, 1]) {
        run.succeed(`0.${item}.0`, `A${item}`)
        run.succeed(`0.${item}.1`, `B${item}`)
      }
      expect(asked(run).sort()).toEqual(keepInner ? ['A0', 'A1', 'B0', 'B1'] : ['B0', 'B1'])
      expect(run.record('n')?.items?.size).toBe(keepInner ? 2 : undefined)
    }
  })

  it('are that of a verdict whose callbacks are not made yet', () => {
    const run = play(graph([workflow('n', [step('a')], { callbacks: ['onFinish'] })]))
    run.start()
    run.fail('0.0', 'no')
    expect(asked(run)).toEqual(['no'])
  })
})
