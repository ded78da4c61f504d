import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { createSuite, type Suite } from './create-suite.js'
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
  expect(report).toMatchObject({ result: 'partial', rules: [{ result: 'passed' }, { result: 'known-gap' }] })
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

it('registers a test for each rule, and one that writes the report', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wf-parity-'))
  try {
    vi.stubEnv('WF_PARITY_REPORT', `${folder}/reports/`)
    const registered: [string, () => Promise<void>][] = []
    suiteOf([holds, breaks]).register({
      describe: (_, body) => body(),
      it: (name, body) => registered.push([name, body]),
    })
    const outcomes: string[] = []
    for (const [name, body] of registered) {
      outcomes.push(
        await body().then(
          () => `${name}: passed`,
          (error: Error) => `${name}: ${error.name}`,
        ),
      )
    }
    expect(outcomes).toEqual([
      '[sum.holds] One is one.: passed',
      '[sum.breaks] Two is the context.: Error',
      'writes its report: passed',
    ])
    expect(await readdir(`${folder}/reports`)).toEqual(['sum-one.json'])
    expect(JSON.parse(await readFile(`${folder}/reports/sum-one.json`, 'utf8'))).toMatchObject({ result: 'failed' })
  } finally {
    await rm(folder, { recursive: true })
  }
})
