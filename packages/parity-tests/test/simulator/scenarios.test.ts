import { describe, expect, it } from 'vitest'
import { scenarios } from '../../src/engine/scenarios/index.js'
import { type FaultKind, noFaults, planOf, playSimulated } from '../../src/simulator/index.js'
import { eventedParts } from './evented-parts.js'

/** Those that keep a run in the process that made it, and those in which more time passes than looks are affordable for. */
const others = /^durability\.|^sleep\.two-years$/

const every = (nth: number) => scenarios.filter(({ id }, index) => index % nth === 0 && !others.test(id))

describe('scenarios in a world without faults', () => {
  for (const workers of [1, 4]) {
    for (const scenario of every(12)) {
      it(`${scenario.id}, ${workers} at work`, async () => {
        await playSimulated(scenario, eventedParts({ seed: 1, workers, plan: noFaults }))
      })
    }
  }
})

/** No body runs again because of these, so that every assertion holds. */
const harmless: readonly (readonly FaultKind[])[] = [
  ['fail-before', 'fail-after', 'fail-read', 'slow'],
  ['duplicate', 'reorder', 'lose-due'],
  ['skew', 'jump'],
  ['stale-read'],
]

describe('scenarios in a world in which nobody loses what it works at', () => {
  for (const kinds of harmless) {
    for (const scenario of every(31)) {
      it(`${scenario.id} under ${kinds.join(', ')}`, async () => {
        const { injected } = await playSimulated(scenario, eventedParts({ seed: 1, workers: 4, plan: planOf(kinds) }))
        for (const kind of Object.keys(injected)) expect(kinds).toContain(kind)
      })
    }
  }

  const lost: readonly FaultKind[] = ['drop', 'delay', 'fail-publish']
  for (const scenario of scenarios.filter(({ id }) => id.startsWith('parallel.')).slice(0, 8)) {
    it(`${scenario.id} under ${lost.join(', ')}`, async () => {
      // Long enough for a look at what was offered to nobody.
      const looks = { everyMs: 250, settlingMs: 2_600 }
      await playSimulated(scenario, eventedParts({ seed: 1, workers: 4, plan: planOf(lost), ...looks }))
    })
  }
})
