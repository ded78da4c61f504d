import type { PubSub, TakeHints } from '@wf/core'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import { createWorld, type VirtualProcess } from '../../src/simulator/index.js'
import { engineIn, Ledger, NO_LOOKS, workflow } from './cast.js'

/**
 * A broker whose deadline for acknowledgements is over before any can come: each hint is handed to all members of the
 * group at once, and again, since nobody's acknowledgement is heard.
 */
function impatient(pubsub: PubSub): PubSub {
  const members = new Map<string, Set<TakeHints>>()
  return {
    ...pubsub,
    async subscribe(topic, options, take) {
      if (options.group === undefined) return pubsub.subscribe(topic, options, take)
      const takes = members.get(topic) ?? new Set()
      members.set(topic, takes.add(take))
      const end = await pubsub.subscribe(topic, options, async (hints) => {
        await Promise.allSettled([...takes].map((one) => one(hints)))
        throw new Error('the acknowledgement came too late')
      })
      return () => {
        takes.delete(take)
        return end()
      }
    },
  }
}

describe('a hint that is handed out again while somebody claims what it is about', () => {
  for (const dispatch of ['local-first', 'always-publish'] as const)
    for (const seed of [1, 2, 3, 4, 5, 6])
      it(`lets who claimed it first keep it, ${dispatch}, seed ${seed} (case 25)`, async () => {
        const world = createWorld({
          seed,
          plan: { rates: {}, latencyMs: 10 },
          createStorage: createMemoryStorage,
          createPubSub: ({ clock }) => impatient(createMemoryPubSub({ clock, logger: { warn: () => undefined } })),
        })
        try {
          const ledger = new Ledger()
          const flowIn = (process: VirtualProcess) =>
            workflow('flow')
              .then(ledger.step(process, 'first', 30))
              .then(ledger.step(process, 'second', 30))
              .then(ledger.step(process, 'third', 30))
              .commit()
          const web = world.process('web')
          const mine = flowIn(web)
          const engine = engineIn(web, mine, { work: false })
          for (const name of ['a', 'b', 'c', 'd']) {
            const process = world.process(name)
            engineIn(process, flowIn(process), { dispatch, work: NO_LOOKS })
          }
          const runs = Array.from({ length: 8 }, async () => (await engine.createRun(mine)).start())
          for (const result of await world.settle(Promise.all(runs))) {
            expect(result.status).toBe('success')
            for (const id of ['first', 'second', 'third']) {
              const begun = ledger.begun.filter((line) => line.endsWith(` ${result.runId} ${id}`))
              // Who has begun it is whose outcome stands.
              const [worker] = begun[0]?.split(' ') ?? []
              expect(begun).toHaveLength(1)
              expect(result.steps[id]).toMatchObject({ status: 'success', output: worker })
            }
          }
          expect(ledger.most).toBe(1)
        } finally {
          world.stop()
        }
      })
})
