import { describe, expect, it } from 'vitest'
import { dountil, foreach, graph, sequence, step, workflow } from '../../test/machine/graphs.js'
import type { Graph } from '../graph/node.js'
import { initialState, type RunEvent, ready, refOf, Turn, transition } from './index.js'

const SIZE = 10_000

/** Counts what each event changes; the count stands for the work, and does not hang on the machine it runs on. */
class Meter {
  readonly turn: Turn
  readonly costs: number[] = []
  private version = 0

  constructor(of: Graph) {
    this.turn = new Turn(initialState(of))
    this.fold({ type: 'run-started', semantics: 1, workflow: 'wf', hash: 'h', value: true })
  }

  get most(): number {
    return this.costs.reduce((most, cost) => Math.max(most, cost), 0)
  }

  fold(event: RunEvent): void {
    this.version += 1
    this.turn.begin({ at: this.version })
    this.turn.ref = refOf(this.version, 0)
    // Asked a hundred thousand times, `expect` would be most of what this takes.
    if (!transition(this.turn, event)) throw new Error(`${event.type} means nothing here`)
    this.costs.push(this.turn.undo.size)
  }

  /** Claims what is first and answers it. */
  answer(event: object): string {
    const [activity] = ready(this.turn.state, 1)
    if (!activity) throw new Error('nothing is ready')
    this.fold({ type: 'step-claimed', at: activity.key, session: 's' })
    const answer = activity.part === 'input' ? { type: 'input-parsed' } : event
    this.fold({ ...answer, at: activity.key, claim: activity.claim?.ref } as RunEvent)
    return activity.key
  }
}

const succeeded = { type: 'step-succeeded', value: true }
const suspended = { type: 'step-suspended', value: true }
const resumed = (at: string): RunEvent => ({ type: 'run-resumed', steps: [at] })

describe('the cost of an event', () => {
  it('does not grow along a chain of steps', () => {
    const meter = new Meter(graph(Array.from({ length: SIZE }, (_, index) => step(`s${index}`))))
    for (let index = 0; index < SIZE; index += 1) meter.answer(succeeded)
    expect(meter.turn.state.outcome?.status).toBe('success')
    expect(meter.most).toBeLessThan(40)
  })

  it('does not grow with the iterations of a loop, nor with the suspensions of a limited time', () => {
    const meter = new Meter(graph([dountil(sequence(step('a'), step('b')))], { timeoutMs: 1e9 }))
    for (let iteration = 1; iteration <= 1000; iteration += 1) {
      meter.fold(resumed(meter.answer(suspended)))
      meter.answer(succeeded)
      meter.answer(succeeded)
      meter.answer({ type: 'condition-evaluated', is: iteration === 1000 })
    }
    expect(meter.turn.state.outcome?.status).toBe('success')
    expect(meter.turn.state.root.used.spells).toHaveLength(1)
    expect(meter.most).toBeLessThan(50)
  })

  it.each([1, 10, SIZE])('does not grow with the items of a foreach, %i at a time', (concurrency) => {
    const meter = new Meter(graph([foreach(workflow('n', [step('a')]))]))
    meter.answer({ type: 'items-counted', count: SIZE, concurrency })
    const first = meter.costs.splice(0).reduce((sum, cost) => sum + cost, 0)
    expect(first).toBeLessThan(20 * concurrency + 50)
    while (meter.turn.state.ready.size > 0) meter.answer(succeeded)
    expect(meter.turn.state.outcome?.status).toBe('success')
    expect(meter.most).toBeLessThan(60)
  })

  it('does not grow with the items that are suspended, or that wait for room', () => {
    const meter = new Meter(graph([foreach(step('a'))]))
    const count = 2000
    meter.answer({ type: 'items-counted', count, concurrency: 2 })
    meter.costs.length = 0
    const places = Array.from({ length: count }, (_, slot) => `0.${slot}`)
    for (const at of places.slice(0, 2)) suspend(meter, at)
    for (const at of places.slice(2)) {
      meter.fold(resumed('0.0'))
      suspend(meter, at)
      suspend(meter, '0.0')
    }
    for (const at of places) meter.fold(resumed(at))
    for (const _ of places) meter.answer(succeeded)
    expect(meter.turn.state.outcome?.status).toBe('success')
    expect(meter.most).toBeLessThan(60)
  })
})

function suspend(meter: Meter, at: string): void {
  meter.fold({ type: 'step-claimed', at, session: 's' })
  meter.fold({ ...suspended, at, claim: meter.turn.state.activities.get(at)?.claim?.ref } as RunEvent)
}
