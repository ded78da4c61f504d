import { deepEqual, equal } from 'node:assert/strict'
import type { Storage } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, it } from 'vitest'
import type { Scenario } from '../../src/engine/scenario.js'
import { scenarios } from '../../src/engine/scenarios/index.js'
import { withStage } from '../../src/engine/stage.js'
import { landedButTimedOut } from '../../src/faults/landed-but-timed-out.js'

/** Plays a scenario with a fault at one commit call and answers how many calls there were. */
async function playWith(scenario: Scenario, call: number): Promise<number> {
  let faulty: ReturnType<typeof landedButTimedOut> | undefined
  await withStage(
    {
      createEngine: createDefaultEngine,
      createStorage: ({ clock }) => {
        faulty = landedButTimedOut(createMemoryStorage({ clock }), call)
        return faulty
      },
    },
    async (stage) => {
      await scenario.play(stage)
      await stage.quiet()
      if (faulty) await nothingTwice(faulty)
    },
  )
  const { injected = 0, calls = 0 } = faulty?.faults ?? {}
  if (call >= 0 && call < calls) equal(injected, 1, 'the fault was not injected')
  return calls
}

/** Every commit lies in its journal once, and every claim has one outcome. */
async function nothingTwice(storage: Storage): Promise<void> {
  const { rows } = await storage.list({ namespace: 'default', kind: 'run', limit: 10_000 })
  const slices = await storage.load(rows.map(({ journal }) => ({ journal })))
  for (const slice of slices) {
    const commits = slice?.commits ?? []
    deepEqual(new Set(commits.map(({ commitId }) => commitId)).size, commits.length, 'a commit was recorded twice')
    const outcomes = commits.flatMap(({ entries }) => entries.flatMap(({ fact }) => outcomeOf(fact) ?? []))
    deepEqual(new Set(outcomes).size, outcomes.length, `an outcome was recorded twice: ${outcomes.join(', ')}`)
  }
}

const outcomes: ReadonlySet<string> = new Set([
  'step-succeeded',
  'step-failed',
  'step-suspended',
  'step-bailed',
  'run-started',
])

function outcomeOf(fact: string): string | undefined {
  const { type, at, claim } = JSON.parse(fact) as {
    readonly type: string
    readonly at?: string
    readonly claim?: number
  }
  if (!outcomes.has(type) || (type !== 'run-started' && claim === undefined)) return undefined
  return `${type === 'run-started' ? type : 'outcome'} ${at} ${claim}`
}

describe('every commit lands and then times out, each in turn', () => {
  for (const scenario of scenarios) {
    it(`[${scenario.id}] ends the same, with nothing recorded twice`, async () => {
      const calls = await playWith(scenario, -1)
      for (let call = 0; call < calls; call += 1) await playWith(scenario, call)
    })
  }
})
