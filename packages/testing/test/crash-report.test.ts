import { describe, expect, it } from 'vitest'
import { crashEverywhere } from '../src/index.js'
import { engines, flow, keyed, patience, step } from './flows.js'

describe('a report of crashes', patience, () => {
  it('has a crash on both sides of each write and each body', async () => {
    const report = await crashEverywhere(flow('w').then(keyed('a')).then(step('b')).commit(), { inputData: 1 })
    expect(report.points.map(({ point }) => point)).toEqual([
      'before recording the start and the claim of "a"',
      'after recording the start and the claim of "a"',
      'before the body of "a"',
      'after the body of "a"',
      'before recording the outcome of "a" and the claim of "b"',
      'after recording the outcome of "a" and the claim of "b"',
      'before the body of "b"',
      'after the body of "b"',
      'before recording the outcome of "b" and the end',
      'after recording the outcome of "b" and the end',
    ])
    expect(report.points.filter(({ calledTwice }) => calledTwice.includes('a')).map(({ point }) => point)).toEqual([
      'after the body of "a"',
      'before recording the outcome of "a" and the claim of "b"',
    ])
  })

  it('reads as a table', async () => {
    const workflow = flow('w').then(step('price')).then(keyed('charge')).then(step('mail')).commit()
    const report = await crashEverywhere(workflow, { inputData: 1, repeatable: ['price'] })
    expect(report.toString().split('\n')).toEqual([
      'workflow "w": 14 crashes, the same outcome each time',
      '  step    verdict    called twice',
      '  price   safe       after the body of "price"; and 1 more',
      '  charge  keyed      after the body of "charge"; and 1 more',
      '  mail    exposed    after the body of "mail"; and 1 more',
    ])
    expect(report.safe).toEqual(['price'])
  })

  it.each(engines)('has as many plays of twenty steps as there are points, on the %s engine', async (engine) => {
    let played = 0
    let workflow = flow('w').then(step('s0'))
    for (let index = 1; index < 20; index += 1) workflow = workflow.then(step(`s${index}`)) as typeof workflow
    const mocks = () => {
      played += 1
      return {}
    }
    const report = await crashEverywhere(workflow.commit(), { inputData: 1, engine, mocks })
    // Around each body; with the default engine around each outcome, which claims the next step, and around the start.
    const writes = engine === 'default' ? 21 : 41
    expect(report.points).toHaveLength(2 * (20 + writes))
    expect(played).toBe(report.points.length + 1)
    expect(report.exposed).toHaveLength(20)
  })

  it('says at which point a run came to something else, and to what', async () => {
    let calls = 0
    const counting = step('count', () => {
      calls += 1
      return calls
    })
    const report = await crashEverywhere(flow('w').then(counting).commit(), {
      inputData: 1,
      mocks: () => {
        calls = 0
        return {}
      },
    })
    const expected = { status: 'success', result: 1 }
    const got = { status: 'success', result: 2 }
    expect(report.differences).toEqual([
      { point: 'after the body of "count"', expected, got },
      { point: 'before recording the outcome of "count" and the end', expected, got },
    ])
    expect(report.points.filter(({ isSame }) => !isSame)).toHaveLength(2)
    expect(report.toString()).toContain(
      [
        '  a crash after the body of "count" leads to',
        "    { status: 'success', result: 2 }",
        '  and not to',
        "    { status: 'success', result: 1 }",
      ].join('\n'),
    )
  })

  it('counts a key as used only where it was asked for by its name', async () => {
    const workflow = flow('w')
      .then(step('copies', (context) => ({ ...context }).inputData))
      .then(step('rests', ({ inputData, ...others }) => Number(inputData) + others.retryCount))
      .then(step('attempts', ({ inputData, attemptKey }) => (attemptKey ? inputData : 0)))
      .then(
        step('asks', ({ inputData, idempotencyKey, ...others }) => (idempotencyKey ? inputData : others.retryCount)),
      )
      .commit()
    const report = await crashEverywhere(workflow, { inputData: 1 })
    expect([report.exposed, report.keyed]).toEqual([
      ['copies', 'rests'],
      ['attempts', 'asks'],
    ])
  })

  it('takes a body for exposed that looks at its key only sometimes', async () => {
    const sometimes = step('sometimes', ({ inputData, idempotencyKey, restart }) =>
      restart && idempotencyKey === '' ? 0 : inputData,
    )
    const never = step('never', (context) => (context.restart ? Number(context.idempotencyKey.length > 0) : 1))
    const report = await crashEverywhere(flow('w').then(sometimes).then(never).commit(), { inputData: 1 })
    expect([report.exposed, report.keyed]).toEqual([['never'], ['sometimes']])
  })
})
