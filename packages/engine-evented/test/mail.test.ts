import { createStep, createWorkflow } from '@wf/core'
import { readHints, workTopic } from '@wf/core/hints'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createEventedEngine } from '../src/index.js'
import { createPlace } from './given.js'

it('tells those who have the graph of a run that a wait of it was given an event', async () => {
  const { storage, pubsub, clock, said } = createPlace()
  const step = createStep({ id: 'a', inputSchema: z.any(), outputSchema: z.any(), execute: async () => null })
  const there = createWorkflow({ id: 'there', inputSchema: z.any(), outputSchema: z.any() }).then(step).commit()
  const told: string[] = []
  await pubsub.subscribe(workTopic('default', 'there', there.hash), {}, async (hints) => void told.push(...hints))
  const engine = createEventedEngine({ workflows: [], storage, pubsub, clock, drain: false })
  const { driver } = engine as typeof engine & Parameters<typeof placeIn>[0]
  await placeIn({ driver }, { workflowId: 'there', graphHash: there.hash })
  await engine.sendEvent({ name: 'paid' })
  await clock.advance(10)
  expect(readHints(told, said)).toEqual([expect.objectContaining({ type: 'workflow.event', runId: 'r1' })])
  await engine.close()
})

interface Waits {
  readonly driver: { readonly post?: { place(wait: object): Promise<unknown> } }
}

const placeIn = ({ driver }: Waits, wait: { readonly workflowId: string; readonly graphHash: string }) =>
  driver.post?.place({ runId: 'r1', at: '0', of: 1, name: 'paid', key: '', ...wait })
