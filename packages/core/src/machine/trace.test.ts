import { describe, expect, it } from 'vitest'
import { graph, step } from '../../test/machine/graphs.js'
import { play } from '../../test/machine/play.js'
import { loadState, type RunEvent, type Saved, saveState } from './index.js'

const at = (span: number) => ({ traceparent: `00-${'a'.repeat(32)}-${String(span).padStart(16, '0')}-01` })

const started = (trace?: object): RunEvent =>
  ({ type: 'run-started', semantics: 1, workflow: 'w', hash: 'h', ...(trace && { trace }) }) as RunEvent

describe('where a run is told of as a trace', () => {
  it('is where it was begun, and where it was set going last', () => {
    const nodes = graph([step('a'), step('b')])
    const run = play(nodes)
    run.one(started(at(1)))
    expect(run.state.traces).toEqual([at(1)])
    run.one({ type: 'run-restarted', trace: at(2) })
    expect(run.state.traces).toEqual([at(1), at(2)])
    run.suspend('0')
    run.conclude()
    run.one({ type: 'run-resumed', steps: ['0'], trace: at(3) })
    expect(run.state.traces).toEqual([at(1), at(3)])
    const saved: Saved = JSON.parse(JSON.stringify(saveState(run.state)))
    expect(loadState(nodes, saved).traces).toEqual([at(1), at(3)])
  })

  it('is nowhere while nobody says so, and begins with the first who does', () => {
    const run = play(graph([step('a')]))
    run.one(started())
    expect(saveState(run.state)).not.toHaveProperty('traces')
    run.one({ type: 'run-restarted' })
    expect(run.state.traces).toEqual([])
    run.one({ type: 'run-restarted', trace: at(4) })
    expect(run.state.traces).toEqual([at(4)])
  })

  it('is forgotten by a start after one that was refused', () => {
    const run = play(graph([step('a')], { callbacks: ['onStart'] }))
    run.one(started(at(1)))
    const claim = run.claim('/onStart')
    run.one({ type: 'callback-settled', at: '/onStart', claim: claim ?? 0, failed: true })
    expect(run.state.phase).toBe('unstarted')
    run.one(started())
    expect(run.state.traces).toEqual([])
  })
})
