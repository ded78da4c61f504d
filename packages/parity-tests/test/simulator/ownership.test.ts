import { workTopic } from '@wf/core/hints'
import { describe, expect, it } from 'vitest'
import type { VirtualProcess, World } from '../../src/simulator/index.js'
import { engineIn, LEASE_MS, Ledger, step, workflow } from './cast.js'
import { Outage } from './outage.js'
import { inWorld } from './worlds.js'

const HOUR = 3_600_000

interface Employed {
  readonly everyMs?: number
  readonly outage?: Outage
}

/** One that starts and watches; more are to come, each with the same two steps, of which the first takes its time. */
function stageOf(world: World, holdMs: number) {
  const ledger = new Ledger()
  const flowIn = (process: VirtualProcess) =>
    workflow('flow')
      .then(ledger.step(process, 'hold', holdMs))
      .then(ledger.step(process, 'after'))
      .commit()
  const web = world.process('web')
  const mine = flowIn(web)
  const engine = engineIn(web, mine, { work: false })
  return {
    ledger,
    topic: workTopic('default', mine.id, mine.hash),
    async start() {
      const run = await world.settle(engine.createRun(mine, { runId: 'run' }))
      await world.settle(run.startAsync())
      return run
    },
    worker(name: string, { everyMs = 1_000, outage }: Employed = {}): VirtualProcess {
      const process = world.process(name)
      const storage = outage?.around(process.storage) ?? process.storage
      engineIn(process, flowIn(process), { storage, work: { everyMs } })
      return process
    },
  }
}

describe('a body that takes ten leases', () => {
  it('runs once among processes that look all the time and get the hint again and again (cases 24, 36)', () =>
    inWorld([1], async (world) => {
      const { ledger, topic, start, worker } = stageOf(world, 10 * LEASE_MS)
      worker('a')
      const run = await start()
      await world.advance(1_000)
      for (const name of ['b', 'c', 'd']) worker(name, { everyMs: 500 })
      // What a lost hint or a doubled one comes to: somebody else is told of the run while it is under way.
      const sender = world.process('sender')
      for (let count = 0; count < 50; count += 1) {
        const hint = JSON.stringify({ type: 'workflow.step.run', runId: 'run', workflowId: 'flow', version: count % 4 })
        await world.settle(sender.pubsub.publish(topic, [hint, hint]))
        await world.advance(5_000)
      }
      expect(await world.settle(run.result())).toMatchObject({ status: 'success' })
      expect([ledger.count('hold'), ledger.count('after'), ledger.most]).toEqual([1, 1, 1])
      expect(ledger.begun[0]).toBe('a run hold')
    }))
})

describe('a claim of a process that was killed', () => {
  for (const seed of [1, 2, 3, 4])
    it(`is taken over once by many that look at one moment, seed ${seed} (case 33)`, () =>
      inWorld([seed], async (world) => {
        const { ledger, start, worker } = stageOf(world, 5_000)
        const first = worker('a')
        const run = await start()
        await world.advance(1_000)
        first.kill()
        for (const name of ['b', 'c', 'd', 'e']) worker(name, { everyMs: 500 })
        const readers = await world.settle(Promise.all([run.result(), run.result()]))
        expect(readers.map(({ status }) => status)).toEqual(['success', 'success'])
        expect([ledger.count('hold'), ledger.count('after'), ledger.most]).toEqual([2, 1, 1])
      }))

  for (const moment of ['before', 'after'] as const)
    it(`is taken over once when the storage goes away ${moment} any call of the takeover, and comes back (case 30)`, async () => {
      for (let nth = 1; nth <= 16; nth += 1)
        await inWorld([nth], async (world) => {
          const outage = new Outage(world, moment)
          const { ledger, start, worker } = stageOf(world, 5_000)
          const first = worker('a')
          const run = await start()
          await world.advance(1_000)
          first.kill()
          for (const name of ['b', 'c']) worker(name, { everyMs: 1_000, outage })
          await world.advance(LEASE_MS - 2_000)
          outage.beginsWith(nth)
          expect(await world.settle(run.result())).toMatchObject({ status: 'success' })
          expect(outage.refused).toBeGreaterThan(0)
          const counts = [ledger.count('hold'), ledger.count('after'), ledger.most]
          expect([nth, ...counts]).toEqual([nth, 2, 1, 1])
        })
    })
})

describe('a body that kills its process each time', () => {
  for (const seed of [1, 2, 3])
    it(`is found out after a bounded number of deaths, and fails with its cause, seed ${seed} (case 27)`, () =>
      inWorld([seed], async (world) => {
        const deaths: string[] = []
        const flowIn = (process: VirtualProcess) =>
          workflow('flow')
            .then(
              step('body', async ({ inputData }) => {
                if (inputData === 'deadly') {
                  deaths.push(process.name)
                  process.kill()
                }
                await new Promise<void>((resolve) => void process.clock.after(10_000, resolve))
                return inputData
              }),
            )
            .commit()
        const web = world.process('web')
        const mine = flowIn(web)
        const engine = engineIn(web, mine, { work: false })
        const employ = (name: string): void => {
          const process = world.process(name)
          // As a supervisor does.
          process.onDeath(() => employ(`${name}'`))
          engineIn(process, flowIn(process), { work: { everyMs: 1_000 } })
        }
        for (const name of ['a', 'b']) employ(name)
        const start = async (inputData: string) => (await engine.createRun(mine)).start({ inputData })
        expect(await world.settle(start('deadly'))).toMatchObject({
          status: 'failed',
          error: { code: 'WF_WORKER_LOST', message: expect.stringContaining('"body"') },
        })
        const killed = deaths.length
        expect(await world.settle(start('fine'))).toMatchObject({ status: 'success' })
        expect(deaths).toHaveLength(killed)
        expect(deaths.length).toBeLessThanOrEqual(6)
      }))
})

describe('an attempt that is lost with its process', () => {
  it('is followed by one that counts on, whoever makes it (case 38)', () =>
    inWorld([1], async (world) => {
      const attempts: string[] = []
      const flowIn = (process: VirtualProcess) =>
        workflow('flow')
          .then(
            step(
              'fails',
              async ({ retryCount }) => {
                attempts.push(`${retryCount} ${process.name}`)
                // The second attempt takes its process with it, once.
                if (attempts.length === 2) process.kill()
                await new Promise<void>((resolve) => void process.clock.after(10, resolve))
                throw new Error(`attempt ${retryCount}`)
              },
              { attempts: 3, delayMs: 1_000 },
            ),
          )
          .commit()
      const web = world.process('web')
      const mine = flowIn(web)
      const engine = engineIn(web, mine, { work: false })
      for (const name of ['a', 'b', 'c']) {
        const process = world.process(name)
        engineIn(process, flowIn(process), { work: { everyMs: 500 } })
      }
      const run = await world.settle(engine.createRun(mine))
      expect(await world.settle(run.start())).toMatchObject({ status: 'failed', error: { message: 'attempt 3' } })
      // The lost one is made again, and counts for nothing of its own.
      expect(attempts.map((line) => line.split(' ')[0])).toEqual(['0', '1', '1', '2', '3'])
      expect(attempts[1]).not.toBe(attempts[2])
    }))
})

describe('a process with a wrong clock', () => {
  for (const [said, ms] of [
    ['a day ahead', 24 * HOUR],
    ['an hour ahead', HOUR],
    ['an hour behind', -HOUR],
    ['a day behind', -24 * HOUR],
  ] as const) {
    it(`takes over nothing that is claimed, ${said} (case 39)`, () =>
      inWorld([1], async (world) => {
        const { ledger, start, worker } = stageOf(world, 4 * LEASE_MS)
        worker('a')
        const run = await start()
        await world.advance(1_000)
        worker('b').jump(ms)
        await world.advance(LEASE_MS)
        expect(await world.settle(run.result())).toMatchObject({ status: 'success' })
        expect(ledger.begun[0]).toBe('a run hold')
        expect(ledger.count('hold')).toBe(1)
      }))

    it(`keeps its session and what it runs, ${said} from the middle of it on (case 39)`, () =>
      inWorld([1], async (world) => {
        const { ledger, start, worker } = stageOf(world, 4 * LEASE_MS)
        const first = worker('a')
        const run = await start()
        await world.advance(LEASE_MS / 2)
        first.jump(ms)
        worker('b')
        expect(await world.settle(run.result())).toMatchObject({ status: 'success' })
        expect(ledger.begun[0]).toBe('a run hold')
        expect(ledger.count('hold')).toBe(1)
      }))

    it(`ends no sleep, retry or timeout early, ${said} (case 39)`, () =>
      inWorld([1], async (world) => {
        const times: string[] = []
        const flow = () => {
          const note = (id: string) => step(id, () => void times.push(`${id} ${Math.floor(world.elapsed / 60_000)}`))
          const fails = step(
            'fails',
            () => {
              times.push(`fails ${Math.floor(world.elapsed / 60_000)}`)
              if (times.at(-2) !== 'fails 20') throw new Error('not yet')
            },
            { attempts: 3, delayMs: 10 * 60_000 },
          )
          return workflow('timed')
            .then(note('first'))
            .sleep(20 * 60_000)
            .then(note('second'))
            .then(fails)
            .commit()
        }
        const web = world.process('web')
        const mine = flow()
        const engine = engineIn(web, mine, { work: false })
        for (const name of ['a', 'b']) {
          const process = world.process(name)
          engineIn(process, flow(), { work: { everyMs: 5_000 } })
          process.jump(name === 'a' ? ms : -ms)
        }
        const run = await world.settle(engine.createRun(mine))
        expect(await world.settle(run.start())).toMatchObject({ status: 'success' })
        expect(times).toEqual(['first 0', 'second 20', 'fails 20', 'fails 30'])
      }))
  }
})
