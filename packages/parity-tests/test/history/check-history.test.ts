import { describe, expect, it } from 'vitest'
import { historyRules, tellViolations, violations } from '../../src/history/check-history.js'
import {
  asked,
  begin,
  blocks,
  broken,
  journal,
  line,
  resumed,
  seen,
  suspended,
  taken,
  whole,
} from './broken-histories.js'
import { claimed, made, material, started, succeeded, under } from './made-run.js'

describe('the check of a history', () => {
  it('finds nothing wrong with a good one', async () => {
    const calls = [
      { call: 'start', run: 'r', outcome: 'ok', status: 'success', result: 1 },
      { call: 'resume', run: 'r', outcome: 'fail', code: 'WF_CONFLICT' },
    ] as const
    const ledger = [line(2_000), begin('r:1:0:0:0', 4_000)]
    const shown = seen({
      reads: [{ journal, after: 0, commits: whole.commits }],
      answered: [{ journal, commitId: 'c2', version: 2 }],
    })
    const healed = { at: 3_000, now: 200_000, leaseMs: 30_000 }
    expect(
      tellViolations(
        await violations(material(whole, { calls, ledger, seen: shown, faults: { lost: [], closed: [], healed } })),
      ),
    ).toBe('')
    const turns = [
      started,
      taken,
      claimed([0, 0]),
      succeeded([0, 0], 3),
      claimed([1, 0]),
      succeeded([1, 0], 5),
      asked(true),
      claimed([1, 1]),
    ]
    expect(tellViolations(await violations(material(made(turns, { graph: blocks }))))).toBe('')
    const resume = [started, claimed([0]), suspended, resumed]
    expect(
      tellViolations(
        await violations(material(made(resume), { calls: [{ call: 'resume', run: 'r', outcome: 'ok' }] })),
      ),
    ).toBe('')
  })

  it('takes a loss that a fault explains', async () => {
    const lost = made([
      started,
      claimed([0]),
      claimed([0], { over: { version: 2, index: 0 }, session: 't' }),
      under(3, succeeded([0], 3)),
      claimed([1]),
    ])
    expect(tellViolations(await violations(material(lost, { faults: { lost: ['s'], closed: [] } })))).toBe('')
    const others = await violations(material(lost, { faults: { lost: ['t'], closed: 'any' } }))
    expect(others.map(({ rule }) => rule)).toEqual(['S4'])
  })

  for (const [name, [rule, evidence]] of Object.entries(broken)) {
    it(`finds ${name} (${rule})`, async () => {
      const found = await violations(evidence)
      expect([...new Set(found.map((one) => one.rule))], tellViolations(found)).toEqual([rule])
      expect(tellViolations(found)).toMatch(new RegExp(`^${rule} run "\\w*": \\S`))
    })
  }

  it('has something that breaks each rule', () => {
    expect(new Set(Object.values(broken).map(([rule]) => rule))).toEqual(new Set(Object.keys(historyRules)))
  })
})
