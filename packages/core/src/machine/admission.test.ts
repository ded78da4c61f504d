import { describe, expect, it } from 'vitest'
import { foreach, graph, step } from '../../test/machine/graphs.js'
import { type Play, play } from '../../test/machine/play.js'
import { commands, type Gate, gateAhead, ready } from './index.js'

const SLOTS: Gate = { id: 'slots', holds: true }
const STARTS: Gate = { id: 'starts', counts: true }
const BOTH: Gate = { id: 'both', holds: true, counts: true }

const started = (gates: readonly Gate[], of = graph([step('a'), step('b')])): Play => {
  const run = play(of)
  run.start({ gates })
  return run
}

const ask = (run: Play) => ({ gate: gateAhead(run.state)?.id, ticket: run.state.admission?.ticket })
const open = (run: Play) => ready(run.state).map(({ key }) => key)
const admit = (run: Play, gate: string, ticket: number) => run.one({ type: 'run-admitted', gate, ticket })
const queue = (run: Play, gate: string, ticket: number) => run.one({ type: 'run-queued', gate, ticket })

describe('a run of a workflow with limits', () => {
  it('begins when all its gates have let it through, one after the other', () => {
    const run = started([SLOTS, STARTS])
    expect([run.state.phase, open(run), ask(run)]).toEqual(['queued', [], { gate: 'slots', ticket: 1 }])
    expect(commands(run.state)).toEqual([{ type: 'ask', gate: SLOTS }])
    expect([admit(run, 'starts', 1), admit(run, 'slots', 2), admit(run, 'slots', 1)]).toEqual([false, false, true])
    expect([run.state.phase, ask(run).gate]).toEqual(['queued', 'starts'])
    expect([admit(run, 'slots', 1), admit(run, 'starts', 1), admit(run, 'starts', 1)]).toEqual([false, true, false])
    expect([run.state.phase, open(run), ask(run).gate]).toEqual(['running', ['0'], undefined])
  })

  it('knows that its ticket lies in the next gate, and forgets it with the gate', () => {
    const run = started([SLOTS, STARTS])
    expect([queue(run, 'starts', 1), queue(run, 'slots', 1), queue(run, 'slots', 1)]).toEqual([false, true, false])
    expect(run.state.admission?.isQueued).toBe(true)
    admit(run, 'slots', 1)
    expect(run.state.admission?.isQueued).toBe(false)
  })

  it('remembers its priority', () => {
    const run = play(graph([step('a')]))
    run.start({ gates: [SLOTS], priority: 7 })
    expect(run.state.admission?.priority).toBe(7)
  })

  it('asks for a slot anew after a rest, but does not start again', () => {
    const run = started([SLOTS, STARTS])
    admit(run, 'slots', 1)
    admit(run, 'starts', 1)
    run.suspend('0')
    expect([run.conclude(), ask(run)]).toEqual(['suspended', { gate: undefined, ticket: 2 }])
    run.resume('0')
    expect([open(run), ask(run)]).toEqual([[], { gate: 'slots', ticket: 2 }])
    expect(run.claim('0')).toBeUndefined()
    expect([admit(run, 'slots', 1), admit(run, 'slots', 2)]).toEqual([false, true])
    expect([open(run), ask(run).gate]).toEqual([['0'], undefined])
    run.succeed('0')
    run.succeed('1')
    run.end()
    expect(ask(run)).toEqual({ gate: undefined, ticket: 3 })
  })

  it('goes on freely after a rest where only starts are counted', () => {
    const run = started([STARTS])
    admit(run, 'starts', 1)
    run.suspend('0')
    run.conclude()
    run.resume('0')
    expect([open(run), ask(run).gate]).toEqual([['0'], undefined])
  })

  it('has one gate for both limits where they count by the same key', () => {
    const run = started([BOTH])
    admit(run, 'both', 1)
    run.suspend('0')
    run.conclude()
    run.resume('0')
    expect(ask(run)).toEqual({ gate: 'both', ticket: 2 })
  })

  it('is paused and goes on in the same way', () => {
    const run = play(graph([step('a'), step('b')]))
    run.start({ gates: [SLOTS], perStep: true })
    admit(run, 'slots', 1)
    run.succeed('0')
    expect(run.conclude()).toBe('paused')
    run.one({ type: 'run-continued', perStep: true })
    expect([open(run), ask(run)]).toEqual([[], { gate: 'slots', ticket: 2 }])
    admit(run, 'slots', 2)
    expect(open(run)).toEqual(['1'])
  })

  it('makes the callback of its rest while it waits', () => {
    const run = started([SLOTS], graph([step('a')], { callbacks: ['onFinish'] }))
    admit(run, 'slots', 1)
    run.suspend('0')
    run.conclude()
    run.resume('0')
    expect(open(run)).toEqual(['/onFinish'])
    run.callback('/onFinish')
    expect(open(run)).toEqual([])
  })

  it('makes its first callback once it is through, and has no slot if that throws', () => {
    const run = started([SLOTS], graph([step('a')], { callbacks: ['onStart'] }))
    expect(open(run)).toEqual([])
    admit(run, 'slots', 1)
    expect([run.state.phase, open(run)]).toEqual(['starting', ['/onStart']])
    run.callback('/onStart', 'no')
    expect([run.state.phase, ask(run)]).toEqual(['unstarted', { gate: undefined, ticket: 2 }])
    run.start({ gates: [SLOTS] })
    expect(ask(run)).toEqual({ gate: 'slots', ticket: 2 })
  })

  it('may start without limits after all', () => {
    const run = started([SLOTS], graph([step('a')], { callbacks: ['onStart'] }))
    admit(run, 'slots', 1)
    run.callback('/onStart', 'no')
    run.start()
    expect([run.state.admission, open(run)]).toEqual([undefined, ['/onStart']])
  })

  it('asks at its moment when it was started for later', () => {
    const run = play(graph([step('a')]))
    run.start({ gates: [SLOTS], forMs: 50 })
    expect([run.state.phase, ask(run).gate]).toEqual(['scheduled', undefined])
    run.pass(50)
    run.fire('/wake')
    expect([run.state.phase, ask(run).gate]).toEqual(['queued', 'slots'])
  })

  it('may be canceled while it waits, also behind a rest', () => {
    const waiting = started([SLOTS])
    waiting.cancel()
    expect(waiting.end().status).toBe('canceled')
    expect(ask(waiting)).toEqual({ gate: undefined, ticket: 2 })
    const resumed = started([SLOTS])
    admit(resumed, 'slots', 1)
    resumed.suspend('0')
    resumed.conclude()
    resumed.resume('0')
    resumed.cancel()
    expect(resumed.end().status).toBe('canceled')
    expect(admit(resumed, 'slots', 2)).toBe(false)
  })

  it('asks anew when it travels', () => {
    const run = started([BOTH])
    admit(run, 'both', 1)
    run.succeed('0')
    run.succeed('1')
    run.end()
    run.travel('1')
    expect([open(run), ask(run)]).toEqual([[], { gate: 'both', ticket: 2 }])
    admit(run, 'both', 2)
    expect(open(run)).toEqual(['1'])
  })

  it('has nothing begun by a claim that was made before its rest', () => {
    const run = started([SLOTS], graph([foreach(step('item'))]))
    admit(run, 'slots', 1)
    run.count('0/items', 2, 2)
    for (const item of ['0.0', '0.1']) run.suspend(item)
    run.conclude()
    run.resume(['0.0', '0.1'])
    const seq = run.state.activities.get('0.0')?.seq ?? -1
    const late = { type: 'step-claimed', at: '0.0', session: 's', seq, orNext: true } as const
    expect(run.one(late)).toBe(false)
    admit(run, 'slots', 2)
    expect(run.one(late)).toBe(true)
  })
})
