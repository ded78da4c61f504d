#!/usr/bin/env node
import { writeFileSync } from 'node:fs'
import { badgeOf } from '../suite/badge.js'
import { judgeReport } from '../suite/judge-report.js'
import { tellReport } from '../suite/tell-report.js'
import { readReport } from './read-report.js'

const USAGE = `wf-parity report <report.json> …   shows a report; fails when a rule failed or did not run
wf-parity badge <report.json> …    writes <report>.badge.json beside it, for https://shields.io/badges/endpoint-badge

A suite writes its report when it runs with WF_PARITY_REPORT=report.json (or reports/ for several).`

/** Answers whether all is well. */
const commands: Readonly<Record<string, (file: string) => boolean>> = {
  report(file) {
    const report = readReport(file)
    console.log(tellReport(report))
    const { result } = judgeReport(report)
    return result === 'complete' || result === 'partial'
  },
  badge(file) {
    const badge = badgeOf(readReport(file))
    const target = `${file.replace(/\.json$/, '')}.badge.json`
    writeFileSync(target, `${JSON.stringify(badge, null, 2)}\n`)
    console.log(`${badge.label} | ${badge.message} | ${badge.color} → ${target}`)
    return true
  },
}

function main([name = '', ...files]: readonly string[]): boolean {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined || files.length === 0) {
    console.error(USAGE)
    return false
  }
  return files.map(command).every((well) => well)
}

try {
  process.exitCode = main(process.argv.slice(2)) ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
