import { readFileSync } from 'node:fs'
import { scenarios } from '@wf/parity-tests'
import { describe, expect, it } from 'vitest'
import { allCombinations } from './combination.ts'
import { nameOf } from './combination-name.ts'
import { type Played, readResults } from './results.ts'
import { tell, withTable } from './table.ts'

const where = { date: '2026-01-02', node: '24.0.0', platform: 'linux x64', servers: { redis: '7.0' } }
const all: Played = { engine: 'default', storage: 'redis', passed: 9, failed: 0, notRun: 0, seconds: 1.6, ...where }

describe('the tables of README and docs', () => {
  it.each(['README.md', 'docs/parity.md'])('say in %s what the results say', (path) => {
    const page = readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
    expect(page).toBe(withTable(page, readResults()))
  })

  it('rest on results of all scenarios that there are, on combinations that there are', () => {
    const names = new Set(allCombinations().map(nameOf))
    for (const played of readResults().played) {
      expect(names).toContain(nameOf(played))
      expect(played).toMatchObject({ passed: scenarios.length, failed: 0, notRun: 0 })
    }
  })

  it('claim nothing for what was not run', () => {
    expect(tell({ played: [], checked: [] })).not.toContain('passed')
    expect(tell({ played: [all], checked: [] }).match(/passed/g)).toHaveLength(1)
  })

  it('show what failed and what was left out', () => {
    const failed = tell({ played: [{ ...all, passed: 7, failed: 1, notRun: 1 }], checked: [] })
    expect(failed).toContain('| default | – | not run | not run | not run | **2 of 9 did not pass** |')
    expect(tell({ played: [{ ...all, passed: 0 }], checked: [] })).not.toContain('0 passed')
  })

  it('tell in short of both ways to hand out work', () => {
    const evented = { ...all, pubsub: 'redis' } as const
    const page = (played: readonly Played[]): string =>
      withTable('<!-- parity: short -->\n<!-- parity: end -->', { played, checked: [] })
    const one: Played = { ...evented, engine: 'local-first' }
    const other: Played = { ...evented, engine: 'always-publish' }
    expect(page([one, other])).toContain('| evented | redis | not run | not run | not run | 9 passed |')
    expect(page([one])).toContain('| evented | redis | not run | not run | not run | 9 passed and not run |')
    expect(page([one, { ...other, failed: 1 }])).toContain('| 9 passed and **1 of 10 did not pass** |')
    expect(page([])).not.toContain('passed')
  })

  it('leave all around them as it was', () => {
    const page = 'before\n<!-- parity: whole -->\nold\n<!-- parity: end -->\nafter\n'
    const made = withTable(page, { played: [all], checked: [] })
    expect(made).toMatch(
      /^before\n<!-- parity: whole -->\n\n\| engine [\s\S]*9 passed \(2 s\)[\s\S]*<!-- parity: end -->\nafter\n$/,
    )
    expect(made).not.toContain('old')
    expect(() => withTable('nothing', { played: [], checked: [] })).toThrow('has no')
  })
})
