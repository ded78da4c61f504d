import { judgeReport } from './judge-report.js'
import type { RuleReport, SuiteReport } from './report.js'

const marks: Readonly<Record<RuleReport['result'], string>> = {
  passed: '✓',
  failed: '✗',
  'known-gap': '~',
  'not-run': '-',
}

/** A line for each rule, then the failures in full, then what all of it comes to. */
export function tellReport(report: SuiteReport): string {
  const { result, rules, ran, gaps, failed } = judgeReport(report)
  const width = Math.max(...report.rules.map(({ id }) => id.length))
  const failures = report.rules.flatMap(({ failure }) => (failure === undefined ? [] : ['', failure]))
  const of = `${report.suite} contract ${report.contract}, suite ${report.version}, ${report.begunAt}`
  const counts = `${ran} of ${rules} rules ran, ${failed} failed, ${gaps} known ${gaps === 1 ? 'gap' : 'gaps'}`
  return [
    ...report.rules.map((rule) => lineOf(rule, width)),
    ...failures,
    '',
    `${report.subject}: ${of}`,
    `${result}: ${counts}`,
  ].join('\n')
}

function lineOf({ id, result, ms, because }: RuleReport, width: number): string {
  const rest = because ?? (ms === undefined ? 'did not run' : `${ms.toFixed(1)} ms`)
  return `${marks[result]} ${id.padEnd(width)}  ${rest}`
}
