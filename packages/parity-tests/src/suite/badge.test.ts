import { describe, expect, it } from 'vitest'
import { storageRules } from '../storage/storage-rules.js'
import { badgeOf } from './badge.js'
import { judgeReport } from './judge-report.js'
import { type RuleReport, type SuiteReport, suiteVersion } from './report.js'
import { tellReport } from './tell-report.js'

const all = storageRules.map(({ id }): RuleReport => ({ id, result: 'passed', ms: 1 }))
const { length } = all

function reportOf(rules: readonly RuleReport[], more: Partial<SuiteReport> = {}): SuiteReport {
  const begunAt = '2030-01-01T00:00:00.000Z'
  const version = suiteVersion()
  return { subject: 'mydb', contract: 1, suite: 'storage', version, begunAt, result: 'complete', rules, ...more }
}

function withFirst(count: number, result: Partial<RuleReport>): readonly RuleReport[] {
  return all.map((rule, index) => (index < count ? { ...rule, ...result } : rule))
}

function seen(report: SuiteReport): string {
  const { message, color } = badgeOf(report)
  return `${color}: ${message}`
}

describe('a badge', () => {
  it('is green when every rule ran and passed', () => {
    expect(badgeOf(reportOf(all))).toEqual({
      schemaVersion: 1,
      label: 'wf storage contract 1',
      message: `${length} rules (suite ${suiteVersion()})`,
      color: 'green',
    })
  })

  it('is yellow with known gaps, red with failures, and grey when a rule did not run', () => {
    const gap = withFirst(1, { result: 'known-gap' })
    expect(seen(reportOf(gap))).toMatch(`yellow: partial: 1 known gap in ${length} rules`)
    expect(seen(reportOf(withFirst(2, { result: 'failed' })))).toMatch(`red: failed: 2 of ${length} rules`)
    expect(seen(reportOf(withFirst(3, { result: 'not-run' })))).toMatch(
      `lightgrey: incomplete: ${length - 3} of ${length}`,
    )
  })

  it('does not believe a report that leaves rules out or calls itself complete', () => {
    expect(seen(reportOf(all.slice(1)))).toMatch(`lightgrey: incomplete: ${length - 1} of ${length} rules ran`)
    expect(seen(reportOf([]))).toMatch(`lightgrey: incomplete: 0 of ${length} rules ran`)
    expect(seen(reportOf(withFirst(1, { result: 'fine' as 'passed' })))).toMatch('lightgrey: incomplete')
    expect(judgeReport(reportOf(withFirst(1, { result: 'failed' }))).result).toBe('failed')
  })

  it('counts the rule about faults too, which a suite over faulty adapters has', () => {
    expect(seen(reportOf([...all, { id: 'faults.injected', result: 'failed' }]))).toMatch(`1 of ${length + 1} rules`)
  })

  it('is refused for rules that are not known here', () => {
    expect(() => badgeOf(reportOf(all, { version: '0.0.1-other' }))).toThrow('written by @wf/parity-tests 0.0.1-other')
    expect(() => badgeOf(reportOf(all, { suite: 'queue' }))).toThrow('There is no suite "queue"')
  })
})

it('a report is told rule by rule, with failures in full', () => {
  const [first = '', second = '', third = ''] = all.map(({ id }) => id)
  const told = tellReport(
    reportOf([
      { id: first, result: 'failed', ms: 2, failure: `[${first}] A sentence.\n  it was not so` },
      { id: second, result: 'known-gap', because: 'of the driver' },
      { id: third, result: 'not-run' },
      ...all.slice(3),
    ]),
  ).split('\n')
  expect(told[0]).toMatch(/^✗ .* 2\.0 ms$/)
  expect(told[1]).toMatch(/^~ .* of the driver$/)
  expect(told[2]).toMatch(/^- .* did not run$/)
  expect(told.slice(length)).toEqual([
    '',
    `[${first}] A sentence.`,
    '  it was not so',
    '',
    `mydb: storage contract 1, suite ${suiteVersion()}, 2030-01-01T00:00:00.000Z`,
    `failed: ${length - 1} of ${length} rules ran, 1 failed, 1 known gap`,
  ])
})
