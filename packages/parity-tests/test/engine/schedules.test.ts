import { type Clock, createStep, createWorkflow, type Engine, type EngineOptions, type Storage } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createEventedEngine } from '@wf/engine-evented'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import { any } from '../../src/engine/schemas.js'
import { createVirtualClock, cutOff, type VirtualClock } from '../../src/index.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** When the clocks of Berlin are set, and the slot of half past two in the night of that. */
const changes = {
  spring: { at: Date.UTC(2030, 2, 31, 1), halfPastTwo: '2030-03-31T01:00:00.000Z' },
  autumn: { at: Date.UTC(2030, 9, 27, 1), halfPastTwo: '2030-10-27T00:30:00.000Z' },
} as const

/** How wrong the clocks of three processes are, whose storage knows the time. */
const OFFSETS = [40 * MINUTE, -25 * MINUTE, 3_000] as const

const LOOKS = { everyMs: 5_000 }

const moved = (clock: Clock, byMs: number): Clock => ({ now: () => clock.now() + byMs, after: clock.after })

const evented = (clock: VirtualClock): ((options: EngineOptions) => Engine) => {
  const broker = createMemoryPubSub({ clock })
  return (options) =>
    createEventedEngine({
      ...options,
      storage: options.storage as Storage,
      pubsub: broker.connect(),
      work: LOOKS,
      drain: false,
    })
}

const kinds = { default: () => createDefaultEngine, evented } as const

/** Every so many milliseconds, from one moment to another. */
const each = (everyMs: number, from: number, to: number): string[] =>
  Array.from({ length: (to - from) / everyMs + 1 }, (_, index) => new Date(from + index * everyMs).toISOString())

describe.each([
  { kind: 'default', season: 'spring' },
  { kind: 'default', season: 'autumn' },
  { kind: 'evented', season: 'spring' },
  { kind: 'evented', season: 'autumn' },
] as const)('schedules on three processes of the engine $kind, in $season', ({ kind, season }) => {
  it('fire each slot once on the day on which the clocks are set, across restarts and a death (case 57)', async () => {
    const { at: change, halfPastTwo } = changes[season]
    const clock = createVirtualClock(change - 3 * HOUR - 7 * MINUTE)
    const storage = createMemoryStorage({ clock })
    const create = kinds[kind](clock)
    const begun = new Map<string, number>()
    const notes = createStep({
      id: 'notes',
      inputSchema: any(),
      outputSchema: any(),
      execute: ({ runId }) => void begun.set(runId, (begun.get(runId) ?? 0) + 1),
    })
    const timezone = 'Europe/Berlin'
    const flow = createWorkflow({
      id: 'nightly',
      inputSchema: any(),
      outputSchema: any(),
      schedule: [
        { id: 'often', cron: '*/30 * * * *', timezone },
        { id: 'nightly', cron: '30 2 * * *', timezone },
      ],
    })
      .then(notes)
      .commit()
    const wires: ReturnType<typeof cutOff>[] = []
    const process = async (offset: number): Promise<Engine> => {
      const wire = cutOff(storage)
      wires.push(wire)
      const engine = create({ workflows: [flow], storage: wire, clock: moved(clock, offset) })
      if (kind === 'default') await engine.work(LOOKS)
      return engine
    }

    const one = await process(OFFSETS[0])
    const two = await process(OFFSETS[1])
    const engines = [one, two, await process(OFFSETS[2])]
    await clock.advance(10_000)
    await one.schedules.put({ id: 'beat', workflow: flow, everyMs: 20 * MINUTE, startAt: change - 3 * HOUR })
    await clock.advance(change - HOUR - 5_000 - clock.now())
    // One ends in good order before a slot, and begins anew; another is gone at the very moment of one.
    await one.close()
    engines.push(await process(OFFSETS[0]))
    await clock.advance(change - clock.now())
    wires[1]?.cut()
    await clock.advance(2 * HOUR)
    engines.push(await process(OFFSETS[1]))
    await clock.advance(change + 3 * HOUR + 10 * MINUTE - clock.now())

    const slots = {
      wf_nightly_often: each(HOUR / 2, change - 3 * HOUR, change + 3 * HOUR),
      wf_nightly_nightly: [halfPastTwo],
      beat: each(20 * MINUTE, change - 3 * HOUR, change + 3 * HOUR),
    }
    const expected = Object.entries(slots).flatMap(([id, all]) => all.map((slot) => `sched:${id}:${slot}`))
    const runs = await storage.list({ namespace: 'default', kind: 'run', limit: 1_000 })
    expect(runs.rows.map(({ journal }) => journal.id).sort()).toEqual([...expected].sort())
    expect(runs.rows.filter(({ status }) => status !== 'success')).toEqual([])
    expect(new Set(begun.keys())).toEqual(new Set(expected))
    // The body of the one that was gone may have run again elsewhere.
    const again = [...begun.values()].filter((times) => times > 1)
    expect(again.length).toBeLessThanOrEqual(Object.keys(slots).length)
    for (const [id, all] of Object.entries(slots)) expect(await firedIn(storage, id)).toEqual(all)
    wires[1]?.heal()
    for (const engine of engines) await engine.close()
  })
})

/** The slots of which the journal of a schedule says that they were fired. */
async function firedIn(storage: Storage, id: string): Promise<readonly string[]> {
  const journal = { namespace: 'default', kind: 'schedule' as const, id }
  const [slice] = await storage.load([{ journal, limit: 10_000 }])
  const facts = (slice?.commits ?? []).flatMap(({ entries }) => entries.map(({ fact }) => JSON.parse(fact)))
  return facts.filter(({ type }) => type === 'schedule-fired').map(({ slot }) => new Date(slot).toISOString())
}
