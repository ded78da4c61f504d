import { expect, it } from 'vitest'
import { Undo } from '../../machine/undo.js'
import type { GateFact } from './gate-fact.js'
import { gateMachine } from './gate-machine.js'

const machine = gateMachine({ soonMs: 10, laterMs: 1_000 })

it('a gate to which nothing has happened is saved as nothing', () => {
  const saved = machine.save(machine.begin())
  expect(machine.kind).toBe('gate')
  expect(saved).toMatchObject({ workflow: '', guests: [], line: [], starts: [] })
})

it('a gate is saved in one order, whoever came first', () => {
  const state = machine.begin()
  const fold = (fact: GateFact): boolean =>
    machine.fold(state, fact, { version: 1, index: 0, undo: new Undo(), stamp: { at: 5 } })
  for (const run of ['b', 'a', 'd', 'c']) fold({ type: 'slot-asked', run, ticket: 1, workflow: 'w', slots: 2 })
  for (const run of ['b', 'a']) fold({ type: 'slot-granted', run, ticket: 1 })
  expect(machine.save(state)).toMatchObject({
    guests: [{ run: 'a' }, { run: 'b' }],
    line: [{ run: 'd' }, { run: 'c' }],
  })
})
