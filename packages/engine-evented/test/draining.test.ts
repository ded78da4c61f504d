import { describe, expect, it } from 'vitest'
import type { EventedEngineOptions } from '../src/index.js'
import { createPlace, settled, step, turns, workflow } from './given.js'

/** What each life of a host has begun, and whether it did so while another one was at it. */
function createHosts() {
  const place = createPlace()
  const begun: string[] = []
  const open = new Map<string, number>()
  const gates = new Map<string, PromiseWithResolvers<void>>()
  let most = 0
  const flow = (life: string) =>
    workflow('flow')
      .then(
        step('hold', async ({ runId, abortSignal }) => {
          begun.push(`${life} ${runId}`)
          open.set(runId, (open.get(runId) ?? 0) + 1)
          most = Math.max(most, open.get(runId) ?? 0)
          const gate = Promise.withResolvers<void>()
          gates.set(`${life} ${runId}`, gate)
          abortSignal.addEventListener('abort', () => gate.resolve())
          await gate.promise
          open.set(runId, (open.get(runId) ?? 0) - 1)
          return life
        }),
      )
      .then(
        step('after', ({ inputData, runId }) => {
          begun.push(`${life} after ${runId}`)
          return inputData
        }),
      )
      .commit()
  const mine = flow('web')
  const web = place.process(mine, { work: false })
  return {
    place,
    begun,
    most: () => most,
    gate: (name: string) => gates.get(name)?.resolve(),
    web,
    create: (runId: string) => web.createRun(mine, { runId }),
    /** All lives have the name of their host. */
    host: (life: string, options: Partial<EventedEngineOptions> = {}) =>
      place.process(flow(life), { session: { name: 'host' }, ...options }),
  }
}

describe('a process that drains', () => {
  for (const dispatch of ['local-first', 'always-publish'] as const)
    it(`takes back nothing that is offered again meanwhile, which the next life of its host does, ${dispatch} (case 31)`, async () => {
      const { place, begun, most, gate, web, create, host } = createHosts()
      const first = host('first', { dispatch, work: { everyMs: 500 } })
      const started = await Promise.all(['a', 'b', 'c'].map(create))
      const results = started.map((run) => run.start())
      await turns()
      expect(begun).toEqual(['first a', 'first b', 'first c'])

      const closed = first.close({ drainMs: 10_000 })
      // A body that ends now is recorded by the one that drains; what follows it is for others.
      gate('first a')
      // Offered, found by looks and offered again while it drains and nobody else is there.
      results.push((await create('d')).start())
      await place.clock.advance(5_000)
      expect(begun).toEqual(['first a', 'first b', 'first c'])
      const second = host('second', { dispatch, work: { everyMs: 500 } })
      await place.clock.advance(2_000)
      expect(begun.slice(3).sort()).toEqual(['second after a', 'second d'])

      // What does not end in time is told so, given back, and begun at once by the other one.
      await place.clock.advance(4_000)
      await settled(place.clock, closed)
      await turns()
      expect(begun.slice(5).sort()).toEqual(['second b', 'second c'])
      for (const runId of ['b', 'c', 'd']) gate(`second ${runId}`)
      const ended = await settled(place.clock, Promise.all(results))
      expect(ended.map((result) => result.status === 'success' && result.result)).toEqual([
        'first',
        'second',
        'second',
        'second',
      ])
      expect([most(), begun.length]).toEqual([1, 3 + 2 + 2 + 3])
      const history = await web.runs.history('b')
      const sessions = new Set(history?.flatMap(({ session }) => session ?? []))
      expect(sessions.size).toBe(2)
      for (const session of sessions) expect(session).toMatch(/^host:/)
      await second.close()
    })

  it('gives back what it has claimed when several drain one after the other, and nothing runs twice at once (case 31)', async () => {
    const { place, begun, most, gate, create, host } = createHosts()
    let current = host('life 0')
    const result = (await create('a')).start()
    await turns()
    for (let life = 1; life <= 5; life += 1) {
      const next = host(`life ${life}`)
      await settled(place.clock, current.close({ drainMs: 1_000 }))
      await turns()
      current = next
    }
    expect(begun).toEqual([0, 1, 2, 3, 4, 5].map((life) => `life ${life} a`))
    gate('life 5 a')
    // Given back is not lost: nobody is blamed for it.
    expect(await settled(place.clock, result)).toMatchObject({ status: 'success', result: 'life 5' })
    expect(most()).toBe(1)
  })
})
