import { describe, expect, it } from 'vitest'
import type { Outcome } from '../outcome.ts'
import { inner, items, loop, parallel, plan, step } from '../pieces.ts'
import type { Flow } from '../plan.ts'
import { itemsOf, madeFrom, SHARED_KEY } from '../values.ts'
import { Interpretation } from './interpretation.ts'

const INPUT = 1

const begin = (flow: Flow): Interpretation => new Interpretation(plan(flow))

const comesTo = (flow: Flow): Promise<Outcome> => begin(flow).start(INPUT)

const statuses = ({ steps }: Outcome) =>
  Object.fromEntries(Object.entries(steps).map(([id, { status }]) => [id, status]))

describe('a parallel', () => {
  it('waits for all members, and the first failure in its order stands', async () => {
    const members = [[step('a', { end: 'throws', takesMs: 9 })], [step('b', { end: 'throws' })], [step('c')]]
    const outcome = await comesTo([parallel(members)])
    expect(outcome).toMatchObject({ status: 'failed', error: 'a throws' })
    expect(statuses(outcome)).toEqual({ a: 'failed', b: 'failed', c: 'success' })
  })

  it('gives null for a failure that it allows; a tripwire is none of these', async () => {
    const ends = async (end: 'throws' | 'trips') => comesTo([parallel([[step('a', { end })], [step('b')]], true)])
    const b = madeFrom('b', INPUT, undefined, 0)
    expect((await ends('throws')).result).toEqual({ 'p a': null, 'p b': b })
    expect((await ends('trips')).status).toBe('tripwire')
  })

  it('fails beside a suspended member, which stays recorded as such', async () => {
    const outcome = await comesTo([parallel([[step('a', { asks: 1 })], [step('b', { end: 'throws', takesMs: 9 })]])])
    expect(outcome.status).toBe('failed')
    expect(statuses(outcome)).toEqual({ a: 'suspended', b: 'failed' })
  })

  it('merges what members set behind it, the later change of a key first', async () => {
    const sets = 'a key of many'
    const members = [[step('a', { sets, takesMs: 9 })], [step('b', { sets })]]
    expect((await comesTo([parallel(members)])).state).toEqual({ [SHARED_KEY]: madeFrom('a', INPUT, undefined, 0) })
  })
})

describe('a branch', () => {
  const arm = (when: 'true' | 'false', id: string) => ({ when, flow: [step(id)] })

  it('runs the arms that are true, and gives nothing of the others', async () => {
    const outcome = await comesTo([
      { kind: 'branch', id: 'x', arms: [arm('false', 'a'), arm('true', 'b')], throws: false },
    ])
    expect(outcome.result).toEqual({ 'x b': madeFrom('b', INPUT, undefined, 0) })
    expect(statuses(outcome)).toEqual({ b: 'success' })
  })

  it('gives an empty object when none is', async () => {
    expect((await comesTo([{ kind: 'branch', id: 'x', arms: [arm('false', 'a')], throws: false }])).result).toEqual({})
  })
})

describe('a loop', () => {
  it('hands each output to the next iteration and keeps the last record', async () => {
    const first = madeFrom('a', INPUT, undefined, 0)
    const outcome = await comesTo([loop([step('a')])])
    expect(outcome.steps.a).toMatchObject({ payload: first, output: madeFrom('a', first, undefined, 0) })
    expect(outcome.stepExecutionPath).toEqual([])
  })

  it('has come to the next turn of a step when the condition says so, also if nobody takes that up', async () => {
    const flow = [parallel([[loop([step('a')])], [step('stop', { end: 'aborts' })]])]
    const never = Number.POSITIVE_INFINITY
    const run = new Interpretation(plan(flow), (at, what, now) => {
      if (what === 'abort') return 9
      return at === 'a' && what === 'take up' && now > 0 ? never : 1
    })
    const a = madeFrom('a', INPUT, undefined, 0)
    const outcome = await run.start(INPUT)
    expect(outcome).toMatchObject({ status: 'canceled', steps: { a: { status: 'canceled', payload: a } } })
    expect(run.said.begins.map(({ name }) => name).length).toBe(2)
  })
})

describe('a bail', () => {
  const bails = step('a', { end: 'bails' })
  const value = madeFrom('a', INPUT, undefined, 0)

  it('ends the workflow with success', async () => {
    const outcome = await comesTo([bails, step('b')])
    expect(outcome).toMatchObject({ status: 'success', result: value })
    expect(statuses(outcome)).toEqual({ a: 'success' })
  })

  it('ends a nested workflow alone', async () => {
    const outcome = await comesTo([inner([bails, step('b')]), step('c')])
    expect(outcome.result).toBe(madeFrom('c', value, undefined, 0))
    expect(statuses(outcome)).toEqual({ inner: 'success', c: 'success' })
  })

  it('ends a member alone, from a loop in it as well', async () => {
    const outcome = await comesTo([parallel([[loop([bails]), step('b')], [step('c')]])])
    expect(outcome.result).toMatchObject({ 'p a': value })
    expect(statuses(outcome)).toEqual({ a: 'bailed', c: 'success' })
  })

  it('of an item ends the workflow, and no further item begins', async () => {
    const run = begin([items([bails]), step('b')])
    const outcome = await run.start(INPUT)
    const [item] = itemsOf('each', 3, INPUT)
    expect(outcome.result).toBe(madeFrom('a', item, undefined, 0))
    expect(run.said.begins.length).toBe(1)
  })
})

describe('a foreach', () => {
  const list = itemsOf('each', 3, INPUT)

  it('gives the outputs in the order of the items', async () => {
    const outcome = await comesTo([items([step('a'), step('b')], { concurrency: 3 })])
    const outputs = list.map((item) => madeFrom('b', madeFrom('a', item, undefined, 0), undefined, 0))
    expect(outcome.result).toEqual(outputs)
    expect(outcome.steps).toMatchObject({ each: { status: 'success', payload: list, output: outputs } })
    expect(outcome.stepExecutionPath).toEqual(['each list'])
  })

  it('is named after a body of one step', async () => {
    expect(statuses(await comesTo([items([step('a')])]))).toEqual({ 'each list': 'success', a: 'success' })
  })

  it('takes no further item after a failure', async () => {
    const run = begin([items([step('a', { end: 'throws' })], { concurrency: 2 })])
    expect((await run.start(INPUT)).status).toBe('failed')
    expect(run.said.begins.length).toBe(2)
  })

  it.each([
    { more: { count: 0 }, outcome: { status: 'success', result: [] } },
    { more: { count: undefined }, outcome: { status: 'failed', error: 'WF_FOREACH_INPUT' } },
    { more: { says: 'throws' }, outcome: { status: 'failed', error: 'WF_STEP_FUNCTION' } },
  ] as const)('over $more', async ({ more, outcome }) => {
    const { count, ...rest } = items([step('a')])
    const given = { ...rest, ...('count' in more && more.count === undefined ? {} : { count }), ...more }
    expect(await comesTo([given as ReturnType<typeof items>])).toMatchObject(outcome)
  })

  it('holds back further items until a resume, which may free room for them', async () => {
    const run = begin([items([step('a', { asks: 1 })], { concurrency: 2 })])
    const first = await run.start(INPUT)
    expect(first.labels?.length).toBe(2)
    expect(first.suspended).toEqual(['a'])
    const [label = ''] = first.labels ?? []
    const second = await run.move({ do: 'resume', label, data: 7 })
    expect(second?.labels?.length).toBe(2)
    expect(second?.labels).not.toContain(label)
    await run.move({ do: 'resume', path: 'a', data: 8 })
    expect(run.said.begins.length).toBe(6)
  })
})
