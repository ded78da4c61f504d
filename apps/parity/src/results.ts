import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { SuiteReport } from '@wf/parity-tests'
import type { Combination } from './combination.ts'
import { nameOf } from './combination-name.ts'

/** Where and when something was run. */
export interface Circumstances {
  readonly date: string
  readonly node: string
  readonly platform: string
  /** Versions of the servers that took part. */
  readonly servers: Readonly<Record<string, string>>
}

export interface Tally extends Circumstances {
  readonly passed: number
  readonly failed: number
  readonly notRun: number
  readonly seconds: number
}

/** What was played on one combination. */
export interface Played extends Combination, Tally {}

/** What the suite of one adapter found. */
export interface Checked extends Tally {
  readonly suite: string
  readonly subject: string
}

export interface Results {
  readonly played: readonly Played[]
  readonly checked: readonly Checked[]
}

const file = new URL('../results.json', import.meta.url)

export function readResults(): Results {
  if (!existsSync(file)) return { played: [], checked: [] }
  return JSON.parse(readFileSync(file, 'utf8')) as Results
}

/** Newer results take the place of older ones; what was not run again stays as it was, with its date. */
export function writeResults(found: Results): void {
  const before = readResults()
  const results = {
    played: merged(before.played, found.played, nameOf),
    checked: merged(before.checked, found.checked, ({ suite, subject }) => `${suite} ${subject}`),
  }
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`)
}

function merged<Row>(before: readonly Row[], found: readonly Row[], keyOf: (row: Row) => string): readonly Row[] {
  const rows = new Map([...before, ...found].map((row) => [keyOf(row), row]))
  return [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row)
}

/** Gaps that are known are failures here: the table promises that everything holds. */
export function tallyOf({ rules }: SuiteReport): Pick<Tally, 'passed' | 'failed' | 'notRun'> {
  const count = (...results: readonly string[]): number => rules.filter(({ result }) => results.includes(result)).length
  return { passed: count('passed'), failed: count('failed', 'known-gap'), notRun: count('not-run') }
}
