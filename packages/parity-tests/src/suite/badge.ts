import { judgeReport, type Verdict } from './judge-report.js'
import type { SuiteReport } from './report.js'

/** What `https://img.shields.io/endpoint?url=…` makes a badge of. */
export interface Badge {
  readonly schemaVersion: 1
  readonly label: string
  readonly message: string
  readonly color: 'green' | 'yellow' | 'red' | 'lightgrey'
}

const colors = { complete: 'green', partial: 'yellow', failed: 'red', incomplete: 'lightgrey' } as const

/** Green only when every rule of the contract has run and passed. */
export function badgeOf(report: SuiteReport): Badge {
  const verdict = judgeReport(report)
  return {
    schemaVersion: 1,
    label: `wf ${report.suite} contract ${report.contract}`,
    message: `${messageOf(verdict)} (suite ${report.version})`,
    color: colors[verdict.result],
  }
}

function messageOf({ result, rules, ran, gaps, failed }: Verdict): string {
  if (result === 'complete') return `${rules} rules`
  if (result === 'partial') return `partial: ${gaps} known ${gaps === 1 ? 'gap' : 'gaps'} in ${rules} rules`
  if (result === 'failed') return `failed: ${failed} of ${rules} rules`
  return `incomplete: ${ran} of ${rules} rules ran`
}
