import { deepEqual, equal } from 'node:assert/strict'
import type { Storage } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, it } from 'vitest'
import type { Scenario } from '../../src/engine/scenario.js'
import { scenarios } from '../../src/engine/scenarios/index.js'
import { withStage } from '../../src/engine/stage.js'
import { landedButTimedOut } from '../../src/faults/landed-but-timed-out.js'
import { withinDeadline } from '../../src/suite/deadline.js'

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
    const outcomes = outcomesOf(commits.flatMap(({ entries }) => entries.map(({ fact }) => fact)))
    deepEqual(new Set(outcomes).size, outcomes.length, `an outcome was recorded twice: ${outcomes.join(', ')}`)
  }
}

const outcomes: ReadonlySet<string> = new Set(['step-succeeded', 'step-failed', 'step-suspended', 'step-bailed'])

interface Outcome {
  readonly type: string
  readonly at?: string
  readonly claim?: number
  readonly failed?: true
}

/** A run whose `onStart` threw may be started again. */
function outcomesOf(facts: readonly string[]): readonly string[] {
  let starts = 0
  return facts.flatMap((fact) => {
    const { type, at, claim, failed } = JSON.parse(fact) as Outcome
    if (type === 'callback-settled' && at === '/onStart' && failed) starts += 1
    if (type === 'run-started') return [`${type} ${starts}`]
    return outcomes.has(type) && claim !== undefined ? [`outcome ${at} ${claim}`] : []
  })
}

/** Each play has the time of a play; a scenario of a hundred commits is played a hundred times. */
const LONGEST_MS = 60_000

describe('every commit lands and then times out, each in turn', () => {
  for (const scenario of scenarios) {
    it(`[${scenario.id}] ends the same, with nothing recorded twice`, { timeout: LONGEST_MS }, async () => {
      const calls = await withinDeadline(playWith(scenario, -1))
      for (let call = 0; call < calls; call += 1) await withinDeadline(playWith(scenario, call))
    })
  }
})
