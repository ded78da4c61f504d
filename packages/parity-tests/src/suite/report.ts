import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export interface RuleReport {
  readonly id: string
  /** `known-gap`: failed, as was said beforehand. `not-run`: left out by the runner, or not come to yet. */
  readonly result: 'passed' | 'failed' | 'known-gap' | 'not-run'
  readonly ms?: number
  /** The whole text of the failure. */
  readonly failure?: string
  /** Why it is a known gap. */
  readonly because?: string
}

/** What a suite found, for machines: badges and the tables of adapters are made from these. */
export interface SuiteReport {
  readonly subject: string
  readonly contract: number
  readonly suite: string
  /** The release of this package whose rules these are. */
  readonly version: string
  readonly begunAt: string
  /** `complete` only when every rule ran and passed. */
  readonly result: 'complete' | 'partial' | 'failed'
  readonly rules: readonly RuleReport[]
}

export function resultOf(rules: readonly RuleReport[]): SuiteReport['result'] {
  if (rules.some(({ result }) => result === 'failed')) return 'failed'
  return rules.every(({ result }) => result === 'passed') ? 'complete' : 'partial'
}

/** The release of this package. */
export function suiteVersion(): string {
  const { version } = createRequire(import.meta.url)('@wf/parity-tests/package.json') as { readonly version: string }
  return version
}

/**
 * `target` names the file; with a slash at its end a folder, for runs of several suites or subjects. It is written as a
 * whole or not at all, so that whoever reads it while the suite runs, or after a crash, never finds half a report.
 */
export function writeReport(target: string, report: SuiteReport): void {
  const name = `${report.suite}-${report.subject}`.replaceAll(/[^\w.-]+/g, '-')
  const file = target.endsWith('/') ? join(target, `${name}.json`) : target
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.tmp`
  writeFileSync(draft, `${JSON.stringify(report, null, 2)}\n`)
  renameSync(draft, file)
}
