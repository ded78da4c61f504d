import { describe, expect, it } from 'vitest'
import type { NodeFunctions } from '../builder/node-functions.js'
import { answers, countItems, type Question } from './questions.js'

function question(code: object, { input = undefined as unknown, node = {}, path = '0' } = {}): Question {
  const frame = { path, node: { id: 'n', members: [], ...node } }
  return {
    workflowId: 'w',
    frame: frame as never,
    code: code as NodeFunctions,
    input: () => input,
    context: () => ({ given: 'context' }),
  }
}

const place = { code: 'WF_STEP_FUNCTION', workflowId: 'w', stepId: 'n' }

describe('the conditions of a branch', () => {
  it('are asked all, and those are taken that hold', async () => {
    const conditions = [() => true, async () => 0, async ({ given }: { given: string }) => given]
    expect(await answers.conditions(question({ conditions }))).toEqual({ type: 'condition-evaluated', taken: [0, 2] })
    expect(await answers.conditions(question({}))).toEqual({ type: 'condition-evaluated', taken: [] })
  })

  it('that throw are named, after all were asked', async () => {
    let asked = 0
    const conditions = [
      () => {
        throw new Error('broken')
      },
      async () => {
        asked += 1
      },
    ]
    const node = { members: [{ key: 'arm' }, { key: 'other' }] }
    const refused = answers.conditions(question({ conditions }, { node, path: '' }))
    await expect(refused).rejects.toMatchObject({
      ...place,
      message: 'the condition of "arm" at the root ("n") of workflow "w" threw: broken',
      cause: { message: 'broken' },
    })
    expect(asked).toBe(1)
    const nameless = answers.conditions(
      question({ conditions: [() => Promise.reject('x')] }, { node: { members: [] } }),
    )
    await expect(nameless).rejects.toThrow('the condition of "0" at 0 ("n")')
  })
})

it('the condition of a loop is true or false', async () => {
  const is = (given: unknown) => answers.condition(question({ condition: async () => given }))
  expect([await is('yes'), await is(0)]).toEqual([
    { type: 'condition-evaluated', is: true },
    { type: 'condition-evaluated', is: false },
  ])
  await expect(answers.condition(question({}))).rejects.toThrow('the condition of the loop at 0')
})

describe('the time of a sleep', () => {
  const duration = (given: unknown) => answers.duration(question({ duration: () => given }))
  const date = (given: unknown) => answers.date(question({ date: () => given }))

  it('is a number of milliseconds, of which none is less than nothing or more than can be counted', async () => {
    const { MAX_SAFE_INTEGER: most } = Number
    const given = [5, 0.5, 0, -1, Number.POSITIVE_INFINITY]
    const forMs = (await Promise.all(given.map(duration))).map((answer) => answer.forMs)
    expect(forMs).toEqual([5, 0.5, 0, 0, most])
    for (const wrong of ['5', Number.NaN, undefined])
      await expect(duration(wrong)).rejects.toMatchObject({
        ...place,
        message: expect.stringContaining('the duration of the sleep must be a number of milliseconds; see at 0 ("n")'),
      })
  })

  it('or a date', async () => {
    expect(await date(new Date(7))).toEqual({ type: 'sleep-computed', until: 7 })
    for (const wrong of [7, new Date('never')])
      await expect(date(wrong)).rejects.toMatchObject({ ...place, message: expect.stringContaining('a valid Date') })
  })
})

it('the key of a wait is a text', async () => {
  const key = (given: unknown) =>
    answers.key(question({ awaits: { key: () => given } }, { node: { event: 'e', timeoutMs: 9, orNull: true } }))
  expect(await key('k')).toEqual({ type: 'event-awaited', name: 'e', key: 'k', forMs: 9, orNull: true })
  await expect(key(7)).rejects.toMatchObject({ ...place, message: expect.stringContaining('the key of the wait') })
})

describe('the items of a foreach', () => {
  it('are those of a list', () => {
    expect(countItems(question({}, { input: [1, 2] }))).toBe(2)
    const wrong = [
      [null, 'null'],
      [undefined, 'undefined'],
      [{ length: 1 }, 'object'],
    ] as const
    for (const [input, told] of wrong)
      expect(() => countItems(question({}, { input }))).toThrow(
        expect.objectContaining({
          ...{ code: 'WF_FOREACH_INPUT', workflowId: 'w', stepId: 'n' },
          message: `foreach "n" of workflow "w" got ${told} where it needs an array; map its input to one`,
        }),
      )
  })

  it('run as many at a time as somebody says, and one where that is no such number', async () => {
    const concurrency = async (given: unknown, count = 5) => {
      const asked = question({ concurrency: () => given }, { input: Array.from({ length: count }) })
      return (await answers.items(asked)).concurrency
    }
    const given = [1, 2.9, 5, 99, 0, 0.9, -3, Number.NaN, '3', undefined]
    expect(await Promise.all(given.map((one) => concurrency(one)))).toEqual([1, 2, 5, 5, 1, 1, 1, 1, 1, 1])
    expect(await concurrency(3, 0)).toBe(1)
    expect(await answers.items(question({ concurrency: () => 2 }, { input: [1, 2, 3] }))).toMatchObject({
      ...{ type: 'items-counted', count: 3 },
    })
  })
})
