import { readFileSync } from 'node:fs'
import type { SuiteReport } from '../suite/report.js'

/** What is no report, or half a one, must not pass for one. */
export function readReport(file: string): SuiteReport {
  let report: unknown
  try {
    report = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (!isReport(report)) throw new Error(`${file} is no report of a suite: write one with WF_PARITY_REPORT=${file}`)
  return report
}

function isReport(value: unknown): value is SuiteReport {
  if (typeof value !== 'object' || value === null) return false
  const { subject, suite, contract, version, rules } = value as Partial<Record<keyof SuiteReport, unknown>>
  const texts = [subject, suite, version].every((text) => typeof text === 'string')
  return texts && typeof contract === 'number' && Array.isArray(rules) && rules.every(isRule)
}

function isRule(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { id, result } = value as { readonly id?: unknown; readonly result?: unknown }
  return typeof id === 'string' && typeof result === 'string'
}
