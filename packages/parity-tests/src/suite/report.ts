import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export interface RuleReport {
  readonly id: string
  /** `known-gap`: failed, as was said beforehand. `not-run`: the runner was told to leave it out. */
  readonly result: 'passed' | 'failed' | 'known-gap' | 'not-run'
  readonly ms?: number
  /** The whole text of the failure. */
  readonly failure?: string
}

/** What a suite found, for machines: the tables of adapters are made from these. */
export interface SuiteReport {
  readonly subject: string
  readonly contract: number
  readonly suite: string
  /** `complete` only when every rule ran and passed. */
  readonly result: 'complete' | 'partial' | 'failed'
  readonly rules: readonly RuleReport[]
}

export function resultOf(rules: readonly RuleReport[]): SuiteReport['result'] {
  if (rules.some(({ result }) => result === 'failed')) return 'failed'
  return rules.every(({ result }) => result === 'passed') ? 'complete' : 'partial'
}

/** `target` names the file; with a slash at its end a folder, for runs of several suites or subjects. */
export async function writeReport(target: string, report: SuiteReport): Promise<void> {
  const name = `${report.suite}-${report.subject}`.replaceAll(/[^\w.-]+/g, '-')
  const file = target.endsWith('/') ? join(target, `${name}.json`) : target
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`)
}
