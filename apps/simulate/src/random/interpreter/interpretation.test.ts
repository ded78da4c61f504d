import { describe, expect, it } from 'vitest'
import type { Outcome } from '../outcome.ts'
import { inner, items, loop, map, parallel, plan, step } from '../pieces.ts'
import type { Flow } from '../plan.ts'
import { itemsOf, madeFrom } from '../values.ts'
import { Interpretation } from './interpretation.ts'

const INPUT = 1

const begin = (flow: Flow, retries = 0): Interpretation => new Interpretation(plan(flow, { retries }))

const comesTo = (flow: Flow, retries = 0): Promise<Outcome> => begin(flow, retries).start(INPUT)

const statuses = ({ steps }: Outcome) =>
  Object.fromEntries(Object.entries(steps).map(([id, { status }]) => [id, status]))

describe('a sequence', () => {
  it('hands each value to the next step, and names what it entered', async () => {
    const a = madeFrom('a', INPUT, undefined, 0)
    expect(await comesTo([step('a'), map('b')])).toEqual({
      status: 'success',
      result: madeFrom('b', a, undefined),
      steps: {
        a: { status: 'success', payload: INPUT, output: a },
        b: { status: 'success', payload: a, output: madeFrom('b', a, undefined) },
      },
      stepExecutionPath: ['a', 'b'],
      state: {},
    })
  })

  it('says which bodies precede which', async () => {
    const run = begin([step('a'), parallel([[step('b')], [step('c')]]), step('d')])
    await run.start(INPUT)
    const [a, b, c, d] = run.said.begins
    expect(a?.after).toEqual([])
    expect([b?.after, c?.after]).toEqual([[a?.name], [a?.name]])
    expect(d?.after).toEqual([b?.name, c?.name])
  })
})

describe('failures', () => {
  it('end the run, and what follows has no record', async () => {
    const outcome = await comesTo([step('a', { end: 'throws' }), step('b')])
    expect(outcome).toMatchObject({ status: 'failed', error: 'a throws', stepExecutionPath: ['a'] })
    expect(statuses(outcome)).toEqual({ a: 'failed' })
  })

  it.each([
    { retries: 1, status: 'failed', bodies: 2 },
    { retries: 2, status: 'success', bodies: 3 },
  ])('are tried again as often as the policy says: $retries times', async ({ retries, status, bodies }) => {
    const run = begin([step('a', { fails: 2 })], retries)
    expect((await run.start(INPUT)).status).toBe(status)
    expect(run.said.begins.length).toBe(bodies)
  })

  it.each([
    { end: 'throws for good', status: 'failed', error: 'a throws', bodies: 1 },
    { end: 'trips', status: 'tripwire', error: 'a trips', bodies: 1 },
    { end: 'hangs', status: 'failed', error: 'WF_TIMEOUT', bodies: 3 },
    { end: 'suspends and throws', status: 'failed', error: 'a throws', bodies: 3 },
  ] as const)('of a step that $end', async ({ end, status, error, bodies }) => {
    const run = begin([step('a', { end })], 2)
    expect(await run.start(INPUT)).toMatchObject({ status, error })
    expect(run.said.begins.length).toBe(bodies)
  })

  it('of maps, conditions and waits have codes', async () => {
    expect((await comesTo([map('m', 'throws')])).error).toBe('WF_STEP_FUNCTION')
    expect((await comesTo([loop([step('a')], { throws: true })])).error).toBe('WF_STEP_FUNCTION')
    expect((await comesTo([{ kind: 'wait', id: 'w', comes: 'nothing' }])).error).toBe('WF_EVENT_TIMEOUT')
    const arms = [{ when: 'true' as const, flow: [step('a')] }]
    expect((await comesTo([{ kind: 'branch', id: 'x', arms, throws: true }])).error).toBe('WF_STEP_FUNCTION')
  })
})

describe('waiting for time and events', () => {
  it('passes the input through a sleep, and gives what a wait says', async () => {
    expect((await comesTo([{ kind: 'sleep', id: 's', ms: 5, says: 'for' }])).result).toBe(INPUT)
    expect((await comesTo([{ kind: 'wait', id: 'w', comes: 'an event' }])).result).toBe(madeFrom('w', INPUT))
    expect((await comesTo([{ kind: 'wait', id: 'w', comes: 'null' }])).result).toBe(null)
  })
})

describe('a suspension', () => {
  const asks = step('a', { asks: 2 })

  it('is told with its path, its payload and its label, and with those around it', async () => {
    const run = begin([inner([asks], 'outer'), step('b')])
    const outcome = await run.start(INPUT)
    const [label] = outcome.labels ?? []
    expect(outcome).toMatchObject({ status: 'suspended', suspended: ['outer.a'], suspendPayload: { outer: { label } } })
    expect(outcome.steps.outer).toMatchObject({ status: 'suspended', suspendPayload: { label, leg: 1 } })
  })

  it('goes on with what the last resume brought', async () => {
    const run = begin([asks])
    await run.start(INPUT)
    expect((await run.move({ do: 'resume', path: 'a', data: 7 }))?.status).toBe('suspended')
    const outcome = await run.move({ do: 'resume', path: 'a', data: 8 })
    expect(outcome?.result).toBe(madeFrom('a', INPUT, 8, 0))
  })

  it('has its attempts anew after each resume', async () => {
    const run = begin([step('a', { asks: 1, fails: 1 })], 1)
    await run.start(INPUT)
    expect((await run.move({ do: 'resume', path: 'a', data: 7 }))?.status).toBe('success')
    expect(run.said.begins.length).toBe(4)
  })

  it('is not there for a resume that means another one', async () => {
    const run = begin([asks])
    await run.start(INPUT)
    expect(await run.move({ do: 'resume', label: 'none', data: 7 })).toBe(undefined)
  })

  it('of a map', async () => {
    const run = begin([map('m', 'suspends')])
    await run.start(INPUT)
    expect((await run.move({ do: 'resume', path: 'm', data: 7 }))?.result).toBe(madeFrom('m', INPUT, 7))
  })
})

describe('a cancel', () => {
  it('from outside keeps suspended records, with what is around them', async () => {
    const run = begin([inner([step('a', { asks: 1 })])])
    const { steps } = await run.start(INPUT)
    expect(await run.move({ do: 'cancel' })).toMatchObject({ status: 'canceled', steps })
  })

  it('from inside ends everything at once', async () => {
    const run = begin([parallel([[step('a', { end: 'aborts' })], [step('b', { takesMs: 9 })]]), step('c')])
    const outcome = await run.start(INPUT)
    expect(outcome.status).toBe('canceled')
    expect(statuses(outcome)).toEqual({ a: 'canceled', b: 'canceled' })
  })
})

describe('state', () => {
  const sets = 'a key of its own'

  it('is seen by the steps behind, in nested workflows too', async () => {
    const run = begin([step('a', { sets }), inner([step('b', { looks: true })])])
    const plain = begin([step('a'), inner([step('b', { looks: true })])])
    expect((await run.start(INPUT)).result).not.toBe((await plain.start(INPUT)).result)
  })

  it('of one member is not seen by another', async () => {
    const looks = [step('b', { looks: true, takesMs: 9 })]
    const beside = await comesTo([parallel([[step('a', { sets })], looks])])
    const alone = await comesTo([parallel([[step('a')], looks])])
    expect(beside.result).toEqual(alone.result)
  })

  it('of an item is seen by those that begin later', async () => {
    const body = [step('a', { sets, looks: true })]
    const alone = await comesTo([items(body, { count: 1 })])
    const [first, second] = (await comesTo([items(body, { count: 2 })])).result as number[]
    expect([first]).toEqual(alone.result)
    expect(second).not.toBe(madeFrom('a', itemsOf('each', 2, INPUT)[1], undefined, madeFrom('state')))
  })

  it('that an attempt has set before it failed is kept', async () => {
    const outcome = await comesTo([step('a', { sets, end: 'throws' })])
    expect(Object.keys(outcome.state).length).toBe(1)
  })
})

describe('with chance', () => {
  it('what runs side by side comes in any order, and what follows each other in that', async () => {
    const firsts = new Set<string>()
    for (let seed = 1; seed <= 20; seed += 1) {
      const run = new Interpretation(plan([parallel([[step('a')], [step('b')]]), step('c')]), (id) =>
        id === 'c' ? 1 : (seed * (id === 'a' ? 7 : 11)) % 13,
      )
      await run.start(INPUT)
      const [first, , last] = run.said.begins.map(({ name }) => name[0])
      firsts.add(first ?? '')
      expect(last).toBe('c')
    }
    expect([...firsts].sort()).toEqual(['a', 'b'])
  })
})
