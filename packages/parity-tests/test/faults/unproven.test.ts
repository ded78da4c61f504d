import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import {
  createRandom,
  engineSuite,
  type FaultCount,
  failBefore,
  scenarios,
  slow,
  storageSuite,
} from '../../src/index.js'

/** The rule that tells whether any fault was injected. */
async function provedAt(rate: number): Promise<string | undefined> {
  const counts: FaultCount[] = []
  const report = await engineSuite({
    name: 'default over faults',
    scenarios: scenarios.filter(({ id }) => id.startsWith('sequence.three')),
    createEngine: createDefaultEngine,
    createStorage: ({ clock }) => createMemoryStorage({ clock }),
    between(storage) {
      const faulty = failBefore(storage, { random: createRandom(1), rate, mostInARow: 1 })
      counts.push(faulty.faults)
      return faulty
    },
    faults: () => counts,
  }).run()
  const last = report.rules.at(-1)
  expect(last?.id).toBe('faults.injected')
  expect(report.rules.slice(0, -1).every(({ result }) => result === 'passed')).toBe(true)
  expect(report.result).toBe(last?.result === 'passed' ? 'complete' : 'failed')
  return last?.failure
}

it('a suite over faulty adapters fails when no fault was injected', async () => {
  expect(await provedAt(0)).toContain('no fault was injected by failBefore')
  expect(await provedAt(0.5)).toBeUndefined()
})

it('each kind of fault must have been injected, and somebody must have counted', async () => {
  const suite = (faults: () => readonly FaultCount[]) =>
    storageSuite({
      name: 'memory',
      capabilities: { survives: 'nothing', maxCommitBytes: undefined },
      create: ({ clock }) => createMemoryStorage({ clock }),
      faults,
    }).run()
  const failureWith = async (counts: readonly FaultCount[]) => (await suite(() => counts)).rules.at(-1)?.failure
  const some: FaultCount = { kind: failBefore.name, injected: 2, at: {} }
  const none: FaultCount = { kind: slow.name, injected: 0, at: {} }
  expect(await failureWith([some, none])).toContain('no fault was injected by slow')
  expect(await failureWith([])).toContain('no adapter counted faults')
  expect(await failureWith([some, none, { ...none, injected: 1 }])).toBeUndefined()
})
