import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import { createWorld, type FaultKind, planOf, type VirtualProcess, type World } from '../../src/simulator/index.js'
import { engineIn, Ledger, NO_LOOKS, workflow } from './cast.js'

const RUNS = 12
const BODY_MS = 10

/** Runs of steps in a row and side by side, on processes with little room that look for nothing by themselves. */
async function play(world: World, dispatch: 'local-first' | 'always-publish'): Promise<Ledger> {
  const ledger = new Ledger()
  const flowIn = (process: VirtualProcess) => {
    const of = (id: string) => ledger.step(process, id, BODY_MS)
    return workflow('flow')
      .then(of('first'))
      .parallel([of('left'), of('middle'), of('right')])
      .map(async () => [1, 2, 3])
      .foreach(of('item'), { concurrency: 2 })
      .then(of('last'))
      .commit()
  }
  const web = world.process('web')
  const mine = flowIn(web)
  const engine = engineIn(web, mine, { work: false })
  for (const [at, name] of ['a', 'b', 'c'].entries()) {
    const process = world.process(name, { mortal: true })
    engineIn(process, flowIn(process), { dispatch, concurrency: 1 + (at % 2), work: NO_LOOKS })
  }
  const runs = Array.from({ length: RUNS }, async () => (await engine.createRun(mine)).start())
  for (const { status } of await world.settle(Promise.all(runs))) expect(status).toBe('success')
  return ledger
}

/** Nothing of these loses a hint that nobody sends again. */
const kinds: readonly FaultKind[] = ['duplicate', 'reorder', 'delay', 'stale-read', 'slow']

describe('a hint that is taken while its run is busy, was read too early, or finds no room', () => {
  for (const dispatch of ['local-first', 'always-publish'] as const)
    for (const seed of [1, 3, 5, 150, 208, 262, 270, 384])
      it(`leaves no run waiting longer than for the next free place, ${dispatch}, seed ${seed} (case 34)`, async () => {
        const world = createWorld({
          seed,
          plan: seed % 2 === 0 ? { ...planOf(kinds), latencyMs: 5 } : { rates: {}, latencyMs: 20 },
          createStorage: createMemoryStorage,
          createPubSub: ({ clock }) => createMemoryPubSub({ clock, logger: { warn: () => undefined } }),
        })
        try {
          const ledger = await play(world, dispatch)
          for (const id of ['first', 'left', 'middle', 'right', 'last']) expect(ledger.count(id)).toBe(RUNS)
          expect(ledger.count('item')).toBe(RUNS * 3)
          // Four places for RUNS * 8 bodies: a look would have come after an hour only.
          expect(world.elapsed).toBeLessThan(4_000)
        } finally {
          world.stop()
        }
      })
})
