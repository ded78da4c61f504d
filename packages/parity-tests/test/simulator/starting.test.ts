import { describe, expect, it } from 'vitest'
import { planOf, type VirtualProcess, type World } from '../../src/simulator/index.js'
import { engineIn, Ledger, workflow } from './cast.js'
import { inWorld } from './worlds.js'

function stageOf(world: World) {
  const ledger = new Ledger()
  const flowIn = (process: VirtualProcess) =>
    workflow('flow')
      .then(ledger.step(process, 'first', 100))
      .then(ledger.step(process, 'second'))
      .commit()
  return {
    ledger,
    client(name: string) {
      const process = world.process(name)
      const flow = flowIn(process)
      const engine = engineIn(process, flow, { work: false })
      return { process, engine, create: (id: string) => engine.createRun(flow, { idempotencyKey: id }) }
    },
    worker(name: string, everyMs: number): void {
      const process = world.process(name)
      engineIn(process, flowIn(process), { work: { everyMs } })
    },
  }
}

describe('a start under an idempotency key', () => {
  // Whoever starts is killed after so many occurrences: before its commit arrives, between that and the answer, or with
  // the hint on its way.
  for (const seed of [1, 2, 3, 4, 5, 6])
    for (const looks of ['hints', 'no hints'] as const)
      it(`does not strand when its process is killed on the way, seed ${seed}, ${looks} (case 35)`, () =>
        inWorld([seed, { rates: looks === 'hints' ? {} : { drop: 1 } }], async (world) => {
          const { ledger, client, worker } = stageOf(world)
          for (const name of ['a', 'b']) worker(name, 1_000)
          const first = client('first')
          const doomed = await world.settle(first.create('key'))
          void doomed.start({ inputData: 1 }).catch(() => undefined)
          for (let turn = 0; turn < seed * 3; turn += 1) await Promise.resolve()
          if (seed % 2 === 0) await world.advance(0)
          first.process.kill()
          await world.advance(5_000)

          const second = client('second')
          const again = await world.settle(second.create('key'))
          const began = world.elapsed
          expect(await world.settle(again.start({ inputData: 1, onConflict: 'attach' }))).toMatchObject({
            status: 'success',
          })
          // The longest that an offer lies about, and a look.
          expect(world.elapsed - began).toBeLessThan(10_000)
          const other = await world.settle(client('third').create('key'))
          expect(await world.settle(other.start({ onConflict: 'attach' }))).toMatchObject({ status: 'success' })
          expect([ledger.count('first'), ledger.count('second')]).toEqual([1, 1])
          expect((await second.engine.runs.list()).runs).toHaveLength(1)
        }))

  for (const seed of [1, 2, 3, 4])
    it(`is one run whose answer was lost, and the second start attaches, seed ${seed} (case 35)`, () =>
      inWorld([seed, planOf(['fail-after', 'fail-publish', 'drop'])], async (world) => {
        const { ledger, client, worker } = stageOf(world)
        for (const name of ['a', 'b', 'c']) worker(name, 1_000)
        const runs = await Promise.all(
          ['first', 'second', 'third'].map((name) => world.settle(client(name).create('key'))),
        )
        const results = await world.settle(
          Promise.all(runs.map((run) => run.start({ inputData: 1, onConflict: 'attach' }))),
        )
        expect(results.map(({ status }) => status)).toEqual(['success', 'success', 'success'])
        expect([ledger.count('first'), ledger.count('second')]).toEqual([1, 1])
      }))
})

it('of one run from five processes at one moment is one execution, and who attaches gets its result (case 53)', () =>
  inWorld([1], async (world) => {
    const { ledger, client, worker } = stageOf(world)
    for (const name of ['a', 'b', 'c']) worker(name, 60_000)
    const runs = await Promise.all(
      ['1', '2', '3', '4', '5'].map((name) => world.settle(client(`client ${name}`).create('key'))),
    )
    const results = await world.settle(
      Promise.all(runs.map((run, at) => run.start({ inputData: at, onConflict: 'attach' }))),
    )
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1)
    expect([ledger.count('first'), ledger.count('second')]).toEqual([1, 1])
  }))
