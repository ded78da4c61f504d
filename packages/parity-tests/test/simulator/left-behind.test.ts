import type { Engine } from '@wf/core'
import { expect, it } from 'vitest'
import { scenarios } from '../../src/engine/scenarios/index.js'
import { type CreateProcess, noFaults, playJudged, type VirtualProcess } from '../../src/simulator/index.js'
import { eventedParts } from './evented-parts.js'

const parts = eventedParts({ seed: 1, workers: 2, plan: noFaults })
const scenario = scenarios.find(({ id }) => id === 'parallel.two-members') ?? expect.unreachable('it was renamed')

/** What an engine does besides, in the moment in which it is made. */
const besides =
  (create: CreateProcess, forget: (process: VirtualProcess) => unknown): CreateProcess =>
  async (options, process): Promise<Engine> => {
    await forget(process)
    return create(options, process)
  }

const judged = (forget: (process: VirtualProcess) => unknown) =>
  playJudged(scenario, { ...parts, createClient: besides(parts.createClient, forget) })

it('what engines give back when they are closed breaks no rule', async () => {
  expect(await judged(({ clock }) => clock.after(1_000, () => undefined)())).toMatchObject({ verdict: 'passed' })
})

it('a timer that outlives its engine breaks R1', async () => {
  const judgement = await judged(({ clock }) => clock.after(9_000_000, () => undefined))
  expect(judgement).toMatchObject({
    verdict: 'failed',
    violations: 1,
    why: expect.stringMatching(/^R1 .*: 9000000 ms$/),
  })
})

it('a subscription that outlives its engine breaks R1', async () => {
  const judgement = await judged(({ pubsub }) => void pubsub.subscribe('left', {}, async () => undefined))
  expect(judgement).toMatchObject({ verdict: 'failed', why: expect.stringMatching(/^R1 .*: left$/) })
})
