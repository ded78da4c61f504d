import { createCodec, type PubSub, type Storage, WorkflowError } from '@wf/core'
import { describe, expect, it } from 'vitest'
import type { EventedEngineOptions } from '../src/index.js'
import { chainOf, createPlace, type Place, settled, turns } from './given.js'

const MINUTE = 60_000
const LEASE_MS = 30_000

/** Something because of which nobody can read one run, and how it is put right again. */
interface Poison {
  readonly options: (place: Place) => Partial<EventedEngineOptions>
  readonly says: RegExp
  cure(): void
}

const refusing = (error: Error) => (): Poison => {
  let isSick = true
  const refused = (storage: Storage): Storage => ({
    ...storage,
    async load(reads) {
      if (isSick && reads.some(({ journal }) => journal.id === 'poison')) throw error
      return storage.load(reads)
    },
  })
  return {
    options: ({ storage }) => ({ storage: refused(storage) }),
    says: /the page of this journal is damaged/,
    cure: () => {
      isSick = false
    },
  }
}

const undecodable = (): Poison => {
  let isSick = true
  const codec = createCodec()
  return {
    options: () => ({
      codec: {
        ...codec,
        decode(stored, place) {
          if (isSick && place.runId === 'poison') throw new Error('the key of this run is not there')
          return codec.decode(stored, place)
        },
        waits: true,
      },
    }),
    says: /the key of this run is not there/,
    cure: () => {
      isSick = false
    },
  }
}

/** How often hints were handed to somebody. */
function counting(pubsub: PubSub) {
  const taken = { hints: 0 }
  const counted: PubSub = {
    ...pubsub,
    subscribe: (topic, options, take) =>
      pubsub.subscribe(topic, options, async (hints) => {
        if (options.group !== undefined) taken.hints += hints.filter((hint) => hint.includes('poison')).length
        await take(hints)
      }),
  }
  return { taken, counted }
}

describe('a run that nobody can take up', () => {
  const poisons = {
    'its storage refuses it': refusing(new WorkflowError('WF_STORAGE', 'the page of this journal is damaged')),
    'its values cannot be read': undecodable,
  }
  for (const [why, make] of Object.entries(poisons))
    it(`has its hints taken a few times, is left to the sweeps, and goes on once it can: ${why} (case 27)`, async () => {
      const place = createPlace()
      const { options, says, cure } = make()
      const { taken, counted } = counting(place.pubsub)
      const chain = chainOf('chain', 3)
      const web = place.process(chain, { work: false })
      for (let count = 0; count < 2; count += 1)
        place.process(chain, { ...options(place), pubsub: counted, concurrency: 1, leaseMs: LEASE_MS })
      const run = await web.createRun(chain, { runId: 'poison' })
      const result = run.start({ inputData: 1 })
      await turns()
      for (let minute = 0; minute < 60; minute += 1) await place.clock.advance(MINUTE)
      // Not for ever, and not without a word.
      expect(taken.hints).toBeLessThanOrEqual(5)
      const lines = place.said.lines.filter((line) => line.includes('"poison"'))
      expect(lines.length).toBeGreaterThan(0)
      // Each look says so, and looks for what cannot be taken up are a lease apart.
      expect(lines.length).toBeLessThanOrEqual(3 * 60 * (MINUTE / LEASE_MS))
      expect(place.said.lines.some((line) => says.test(line))).toBe(true)
      expect(await run.status()).toBe('running')
      // Nor does it take the place of others: each process has one.
      const before = place.clock.now()
      for (let count = 0; count < 5; count += 1) {
        const other = await web.createRun(chain)
        expect((await other.start({ inputData: count })).status).toBe('success')
      }
      expect(place.clock.now()).toBe(before)

      cure()
      expect(await settled(place.clock, result)).toMatchObject({ status: 'success', result: 1 })
    })

  it('is taken for what it is when its journal holds what is no journal, and keeps nobody from others (case 27)', async () => {
    const place = createPlace()
    const chain = chainOf('chain', 3)
    const web = place.process(chain, { work: false })
    const run = await web.createRun(chain, { runId: 'poison' })
    await run.startAsync({ inputData: 1 })
    const journal = { namespace: 'default', kind: 'run', id: 'poison' } as const
    const [slice] = await place.storage.load([{ journal }])
    const base = slice?.header.head ?? 'new'
    const entries = [{ type: 'event', fact: 'PK\u0003\u0004' }] as const
    await place.storage.commit([{ journal, commitId: 'foreign', base, entries }])
    for (let count = 0; count < 2; count += 1) place.process(chain, { concurrency: 1, leaseMs: LEASE_MS })
    for (let minute = 0; minute < 60; minute += 1) await place.clock.advance(MINUTE)
    const lines = place.said.lines.filter((line) => line.includes('"poison"'))
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.length).toBeLessThanOrEqual(3 * 60 * (MINUTE / LEASE_MS))
    expect((await (await web.createRun(chain)).start({ inputData: 2 })).status).toBe('success')
  })
})
