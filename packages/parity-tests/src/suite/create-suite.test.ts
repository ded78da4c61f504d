import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSuite, type Suite } from './create-suite.js'
import { suiteVersion } from './report.js'
import type { KnownGap, Rule } from './rule.js'

const holds: Rule<number> = { id: 'sum.holds', states: 'One is one.', since: '0.1.0', check: async () => {} }
const breaks: Rule<number> = {
  id: 'sum.breaks',
  states: 'Two is the context.',
  since: '0.1.0',
  check: async (context) => assert.equal(context, 2, 'it was another number'),
}
const broken: Rule<number> = {
  id: 'sum.throws',
  states: 'Nothing is thrown.',
  since: '0.1.0',
  check: () => Promise.reject(new TypeError('surprise')),
}

function suiteOf(rules: readonly Rule<number>[], knownGaps?: readonly KnownGap[]): Suite {
  return createSuite({ suite: 'sum', contract: 1, subject: 'one', rules, knownGaps, around: (check) => check(1) })
}

afterEach(() => {
  vi.unstubAllEnvs()
})

it('says which rule was broken, in its words, and what was seen instead', async () => {
  const { rules, result } = await suiteOf([holds, breaks, broken]).run()
  expect(result).toBe('failed')
  expect(rules.map(({ id, result: outcome }) => [id, outcome])).toEqual([
    ['sum.holds', 'passed'],
    ['sum.breaks', 'failed'],
    ['sum.throws', 'failed'],
  ])
  expect(rules[1]?.failure).toMatch(/^\[sum\.breaks] Two is the context\.\n {2}it was another number[\s\S]*1 !== 2/)
  expect(rules[2]?.failure).toBe('[sum.throws] Nothing is thrown.\n  it threw TypeError: surprise')
})

it('is complete when every rule has passed, and not before it was run', async () => {
  const suite = suiteOf([holds])
  expect(suite.report()).toMatchObject({ result: 'partial', rules: [{ id: 'sum.holds', result: 'not-run' }] })
  expect(await suite.run()).toMatchObject({ result: 'complete', rules: [{ id: 'sum.holds', result: 'passed' }] })
})

it('is partial with a known gap', async () => {
  const report = await suiteOf([holds, breaks], [{ rule: 'sum.breaks', because: 'one is not two' }]).run()
  expect(report).toMatchObject({
    result: 'partial',
    rules: [{ result: 'passed' }, { result: 'known-gap', because: 'one is not two' }],
  })
})

it('asks for the removal of a known gap that is none any more', async () => {
  const { result, rules } = await suiteOf([holds], [{ rule: 'sum.holds', because: 'of old' }]).run()
  expect(result).toBe('failed')
  expect(rules[0]?.failure).toContain('[sum.holds] holds now: remove it from `knownGaps`')
})

it('refuses a known gap in a rule that there is not, and two rules of one id', () => {
  expect(() => suiteOf([holds], [{ rule: 'sum.other', because: '' }])).toThrow('"sum.other"')
  expect(() => suiteOf([holds, holds])).toThrow('same id')
})

it('fails a rule that never settles', async () => {
  vi.stubEnv('WF_PARITY_TIME_SCALE', '0.001')
  const hangs: Rule<number> = { ...holds, check: () => new Promise(() => {}) }
  const { rules } = await suiteOf([hangs]).run()
  expect(rules[0]?.failure).toContain('nothing was settled within')
})

it('stays failed when its runner tries a rule again, and begins anew when it is run again', async () => {
  let tries = 0
  const flaky: Rule<number> = {
    ...holds,
    check: async () => {
      tries += 1
      assert.equal(tries % 2, 0, 'not this time')
    },
  }
  const suite = suiteOf([flaky])
  const [check] = registered(suite)
  await check?.().catch(() => undefined)
  await check?.()
  expect([tries, suite.report().result]).toEqual([2, 'failed'])
  tries = 1
  expect((await suite.run()).result).toBe('complete')
})

describe('its report', () => {
  let folder = ''
  const read = async (): Promise<unknown> => JSON.parse(await readFile(`${folder}/reports/sum-one.json`, 'utf8'))

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wf-parity-'))
    vi.stubEnv('WF_PARITY_REPORT', `${folder}/reports/`)
  })

  afterEach(() => rm(folder, { recursive: true }))

  it('is written when tests are registered and after each of them', async () => {
    const [first, second] = registered(suiteOf([holds, breaks]))
    expect(await read()).toMatchObject({ result: 'partial', rules: [{ result: 'not-run' }, { result: 'not-run' }] })
    await first?.()
    expect(await read()).toMatchObject({ result: 'partial', rules: [{ result: 'passed' }, { result: 'not-run' }] })
    await expect(second?.()).rejects.toThrow('[sum.breaks] Two is the context.')
    expect(await read()).toMatchObject({ result: 'failed', rules: [{ result: 'passed' }, { result: 'failed' }] })
    expect(await readdir(`${folder}/reports`)).toEqual(['sum-one.json'])
  })

  it('of an earlier run does not stand for one that is cut short', async () => {
    for (const check of registered(suiteOf([holds]))) await check()
    expect(await read()).toMatchObject({ result: 'complete', version: suiteVersion() })
    registered(suiteOf([holds]))
    expect(await read()).toMatchObject({ result: 'partial' })
  })
})

/** What a runner is given. */
function registered(suite: Suite): (() => Promise<void>)[] {
  const tests: (() => Promise<void>)[] = []
  suite.register({ describe: (_, body) => body(), it: (_, body) => tests.push(body) })
  return tests
}
