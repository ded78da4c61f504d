import { createWorkflow, type StepContext } from '@wf/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createPlace, settled, step, turns, workflow } from './given.js'

const MEMBERS: readonly [string, string, string, string] = ['left', 'middle', 'right', 'last']

/** A few turns of the event loop, so that members end one after the other and not at one moment. */
const slowly = (id: string) => turns(1 + MEMBERS.indexOf(id) * 3)

/** What one member does while the others do what members do. */
interface Course {
  readonly name: string
  play(context: StepContext, attempt: number): unknown
  readonly attempts: number
  readonly goesOn: boolean
}

const fail = (text: string): never => {
  throw new Error(text)
}

const courses: readonly Course[] = [
  { name: 'fails', play: () => fail('of one'), attempts: 1, goesOn: false },
  { name: 'bails', play: ({ bail }) => bail('enough'), attempts: 1, goesOn: true },
  { name: 'is retried', play: (_, attempt) => attempt === 3 || fail('not yet'), attempts: 3, goesOn: true },
]

function blockOf({ play, attempts }: Course, begun: string[]) {
  const countOf = (id: string) => begun.filter((one) => one === id).length
  const member = (id: string) =>
    step(id, async (context) => {
      begun.push(id)
      const attempt = countOf(id)
      await slowly(id)
      return id === 'middle' ? play(context, attempt) : id
    })
  const [left, middle, right, last] = MEMBERS
  return createWorkflow({
    id: 'block',
    inputSchema: z.any(),
    outputSchema: z.any(),
    retryConfig: { attempts: attempts - 1, delay: 10 },
  })
    .parallel([member(left), member(middle), member(right), member(last)])
    .then(step('after', () => void begun.push('after')))
    .commit()
}

describe('members of a block of which one', () => {
  for (const course of courses)
    for (const workers of [1, 2, 4])
      for (const dispatch of ['local-first', 'always-publish'] as const)
        it(`${course.name} run once each, ${workers} at work, ${dispatch} (case 37)`, async () => {
          const place = createPlace()
          const begun: string[] = []
          const mine = blockOf(course, begun)
          const web = place.process(mine, { work: false })
          for (let count = 0; count < workers; count += 1)
            place.process(blockOf(course, begun), { dispatch, concurrency: 2 })
          const result = await settled(place.clock, (await web.createRun(mine)).start())
          await turns()
          const ran = course.goesOn ? [...MEMBERS, 'after'] : [...MEMBERS]
          const again = new Array<string>(course.attempts - 1).fill('middle')
          expect([...begun].sort()).toEqual([...ran, ...again].sort())
          expect(result.status).toBe(course.goesOn ? 'success' : 'failed')
        })
})

describe('items of which the first to end wins', () => {
  for (const workers of [1, 2, 4])
    for (const dispatch of ['local-first', 'always-publish'] as const)
      it(`run once each, and nothing behind them does, ${workers} at work, ${dispatch} (case 37)`, async () => {
        const place = createPlace()
        const begun: unknown[] = []
        const flow = () =>
          workflow('race')
            .foreach(
              step('item', async ({ inputData, bail }) => {
                begun.push(inputData)
                await slowly(String(inputData))
                return bail(inputData)
              }),
              { concurrency: MEMBERS.length },
            )
            .then(step('after', () => void begun.push('after')))
            .commit()
        const mine = flow()
        const web = place.process(mine, { work: false })
        for (let count = 0; count < workers; count += 1) place.process(flow(), { dispatch, concurrency: 4 })
        const run = await web.createRun(mine)
        const result = await settled(place.clock, run.start({ inputData: [...MEMBERS] }))
        await turns()
        expect(result.status).toBe('success')
        expect([...MEMBERS]).toContain(result.status === 'success' ? result.result : undefined)
        expect(new Set(begun).size).toBe(begun.length)
        expect(begun).not.toContain('after')
      })
})
