import { describe, expect, it } from 'vitest'
import { chainOf, createPlace, step, workflow } from './given.js'

const names = ['one', 'two', 'three', 'four'] as const

const tally = (where: readonly string[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const name of where) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

describe('a foreach of 1,000 items, 200 at once', () => {
  for (const dispatch of ['local-first', 'always-publish'] as const)
    it(`is shared by four processes, ${dispatch}`, async () => {
      const place = createPlace()
      const where: string[] = []
      const flow = (name: string) =>
        workflow('wide')
          .foreach(
            step('item', async ({ inputData }) => {
              where.push(name)
              // Bodies wait for something, as bodies do.
              for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
              return inputData
            }),
            { concurrency: 200 },
          )
          .commit()
      for (const name of names) place.process(flow(name), { dispatch })
      const mine = flow('web')
      const web = place.process(mine, { work: false })
      const items = Array.from({ length: 1_000 }, (_, at) => at)
      const result = await (await web.createRun(mine)).start({ inputData: items })
      expect(result).toMatchObject({ status: 'success', result: items })
      const counts = tally(where)
      expect(Object.keys(counts).sort()).toEqual([...names].sort())
      for (const name of names) expect(counts[name]).toBeGreaterThan(1_000 / 4 / 3)
      expect(where).toHaveLength(1_000)
    }, 60_000)
})

describe('the steps of one chain', () => {
  const play = async (dispatch: 'local-first' | 'always-publish') => {
    const place = createPlace()
    const where: string[] = []
    const flow = (name: string) => chainOf('chain', 40, () => void where.push(name))
    for (const name of names) place.process(flow(name), { dispatch })
    const mine = flow('web')
    const web = place.process(mine, { work: false })
    expect((await (await web.createRun(mine)).start()).status).toBe('success')
    return where
  }

  it('go from process to process in turn when every step is published', async () => {
    const where = await play('always-publish')
    for (const name of names) expect(tally(where)[name]).toBeGreaterThanOrEqual(40 / 4 - 4)
    const stays = where.filter((name, at) => name === where[at - 1])
    expect(stays.length).toBeLessThan(4)
  })

  it('stay where they began when the process goes on with them itself', async () => {
    const where = await play('local-first')
    expect(new Set(where).size).toBe(1)
    expect(where).toHaveLength(40)
  })
})

it('spreads the members of a parallel over processes that have little room', async () => {
  const place = createPlace()
  const where: string[] = []
  const begun = Promise.withResolvers<void>()
  const member = (name: string, id: string) =>
    step(id, () => {
      where.push(name)
      if (where.length === 4) begun.resolve()
      // All four run at the same time, or none comes to its end.
      return begun.promise
    })
  const flow = (name: string) =>
    workflow('wide')
      .parallel([member(name, 'a'), member(name, 'b'), member(name, 'c'), member(name, 'd')])
      .commit()
  for (const name of names) place.process(flow(name), { concurrency: 1 })
  const mine = flow('web')
  const web = place.process(mine, { work: false })
  expect((await (await web.createRun(mine)).start()).status).toBe('success')
  expect(tally(where)).toEqual({ one: 1, two: 1, three: 1, four: 1 })
})
