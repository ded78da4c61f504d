import type { Material } from '../../src/history/evidence.js'
import type { KeptHistory } from '../../src/history/kept-journals.js'
import { claimed, ended, made, material, started, succeeded } from './made-run.js'

const whole = made([started, claimed([0]), succeeded([0], 2), claimed([1]), succeeded([1], 4), ended()])

const admitted = { type: 'run-admitted', says: { gate: 'g', ticket: 1 } } as const
const asks = (run: string) => ({ type: 'slot-asked', run, ticket: 1, slots: 1 })
const asksRate = (run: string) => ({ type: 'slot-asked', run, ticket: 1, rate: { limit: 1, periodMs: 10_000 } })
const grants = (run: string) => ({ type: 'slot-granted', run, ticket: 1 })

/** A second lies between its commits. */
const gate = (...facts: readonly object[]): KeptHistory => ({
  journal: { namespace: 'default', kind: 'gate', id: 'g' },
  commits: facts.map((fact, index) => ({
    version: index + 1,
    commitId: `g${index}`,
    at: (index + 1) * 1_000,
    entries: [{ type: 'event', fact: JSON.stringify(fact) }],
  })),
})

/** Histories in which a limit was not kept. */
export const brokenLimits: Readonly<Record<string, readonly ['S10', Material]>> = {
  'a gate that lets two through at once, of one': [
    'S10',
    material(whole, { gates: [gate(asks('a'), asks('b'), grants('a'), grants('b'))] }),
  ],
  'a run that begins although the gate has let it through too soon after another': [
    'S10',
    material(made([started, admitted, claimed([0])]), {
      gates: [gate(asksRate('a'), grants('a'), asksRate('r'), grants('r'))],
    }),
  ],
  'a run that has ended and holds a slot': [
    'S10',
    material(whole, {
      gates: [gate(asks('r'), grants('r'))],
      faults: { lost: [], closed: [], healed: { at: 3_000, now: 200_000, leaseMs: 30_000 } },
    }),
  ],
  'two runs that are under way at once, of one': [
    'S10',
    {
      ...material(made([started, admitted, claimed([0])])),
      runs: [made([started, admitted, claimed([0])]), made([started, admitted, claimed([0])])],
      gates: [gate(asks('r'), asks('q'))],
    },
  ],
}
