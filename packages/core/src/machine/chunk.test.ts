import { describe, expect, it } from 'vitest'
import { branch, foreach, graph, step, workflow } from '../../test/machine/graphs.js'
import { type Play, play } from '../../test/machine/play.js'
import { wordOf } from '../../test/machine/told.js'
import { chunkWritten, refsToTell, speakerOf } from './index.js'

/** Whether a chunk under the claim that stands there is told, and how. */
function written(run: Play, at: string, more: { readonly claim?: number; readonly value?: true } = {}) {
  const claim = more.claim ?? run.state.activities.get(at)?.claim?.ref ?? 0
  run.turn.told = []
  run.turn.ref = 77
  const isTold = chunkWritten(run.turn, { n: 0, value: true, ...more, at, claim })
  const told = run.turn.told
  run.turn.told = undefined
  expect(chunkWritten(run.turn, { n: 0, ...more, at, claim })).toBe(isTold)
  return { words: told.map(wordOf), refs: [...refsToTell(told)] }
}

const started = (nodes: Parameters<typeof graph>[0]) => {
  const run = play(graph(nodes))
  run.start({ input: [] })
  return run
}

describe('a chunk', () => {
  it('is told while the claim stands under which it was written, with its value where it has one', () => {
    const run = started([step('a'), step('b')])
    const claim = run.claim('0') ?? 0
    expect(written(run, '0')).toEqual({ words: ['chunk 0 running'], refs: [77] })
    expect(written(run, '0', { claim, value: undefined as never }).refs).toEqual([])
    expect(written(run, '0', { claim: claim + 1 }).words).toEqual([])
    expect(written(run, '1').words).toEqual([])
    run.succeed('0')
    expect(written(run, '0', { claim }).words).toEqual([])
  })

  it('is told with what was known of the step then', () => {
    const run = started([step('a')])
    const claim = run.claim('0') ?? 0
    run.turn.told = []
    expect(chunkWritten(run.turn, { n: 0, at: '0', claim })).toBe(true)
    const [told] = run.turn.told
    run.succeed('0')
    expect(told && 'record' in told && told.record?.status).toBe('running')
  })

  it('means nothing where nothing was claimed', () => {
    const run = started([step('a')])
    expect(chunkWritten(run.turn, { n: 0, at: '0', claim: 1 })).toBe(false)
  })

  it('is of nobody once the run has ended', () => {
    const run = play(graph([step('a')], { callbacks: ['onFinish'] }))
    run.start()
    run.fail('0')
    run.end()
    run.claim('/onFinish')
    expect(written(run, '/onFinish').words).toEqual([])
  })

  it('of an item is one of its foreach, however deep that lies', () => {
    const run = started([foreach(step('a')), foreach(foreach(step('b')))])
    run.count('0/items', 2, 2)
    run.claim('0.1')
    expect(written(run, '0.1').words).toEqual(['chunk 0 running 1'])
    const root = run.state.root
    expect(speakerOf(root)).toEqual({ frame: root, index: undefined })
  })

  it('may be of a block, which has no record', () => {
    const run = started([branch(step('a'), step('b'))])
    run.claim('0/conditions')
    expect(written(run, '0/conditions').words).toEqual(['chunk 0'])
  })
})

describe('a step that is begun again', () => {
  it('says so where it has written chunks, or may have', () => {
    const run = started([step('a', { attempts: 3 })])
    run.fail('0', 'no', { wrote: true })
    run.claim('0')
    run.fail('0')
    const lost = run.claim('0') ?? 0
    const next = run.claim('0', { over: lost }) ?? 0
    run.commit({ type: 'step-released', at: '0', claim: next, wrote: true })
    run.succeed('0')
    const again = 'step-again 0 running'
    expect(run.told()).toEqual(['run-goes-on', 'begun 0 running', again, again, again, 'over 0 success'])
  })

  it('says nothing where it was only asked something', () => {
    const run = started([branch(step('a'), step('b'))])
    const lost = run.claim('0/conditions') ?? 0
    run.claim('0/conditions', { over: lost })
    expect(run.told()).toEqual(['run-goes-on'])
  })

  it('says of an item which one it is', () => {
    const run = started([foreach(step('a'))])
    run.count('0/items', 2, 2)
    const lost = run.claim('0.1') ?? 0
    run.claim('0.1', { over: lost })
    expect(run.told().at(-1)).toBe('step-again 0 running 1')
  })
})

it('an outcome tells how much was said that is not recorded', () => {
  const run = started([workflow('n', [step('a')])])
  const claim = run.claim('0.0') ?? 0
  run.commit({ type: 'step-succeeded', at: '0.0', claim, live: 3 })
  expect(run.told().slice(-3)).toEqual(['chunks 0.0 3', 'over 0.0 success', 'over 0 success'])
})
