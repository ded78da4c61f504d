import { spawn } from 'node:child_process'
import { globSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SuiteReport } from '@wf/parity-tests'
import { circumstances } from './circumstances.ts'
import { type Checked, tallyOf } from './results.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

export interface OwnSuites {
  readonly checked: readonly Checked[]
  /** What it said when it went wrong. */
  readonly failure?: string
}

/** Runs the suites of an adapter as its package does. */
export async function checkAdapter(adapter: string, folder: string): Promise<OwnSuites> {
  const reports = join(folder, `${adapter}/`)
  rmSync(reports, { recursive: true, force: true })
  const files = globSync(`packages/${adapter}/test/parity*.test.ts`, { cwd: root })
  if (files.length === 0) return { checked: [], failure: `${adapter} has no suite yet` }
  const where = await circumstances([adapter.split('-')[1] ?? ''])
  const { code, output } = await vitest(['--project', adapter, ...files], { WF_PARITY_REPORT: reports })
  const found = globSync(`${reports}*.json`).map((file) => JSON.parse(readFileSync(file, 'utf8')) as SuiteReport)
  const checked = found.map((report) => {
    const ms = report.rules.reduce((sum, rule) => sum + (rule.ms ?? 0), 0)
    const { suite, subject } = report
    return { suite, subject, ...tallyOf(report), seconds: Math.round(ms / 100) / 10, ...where }
  })
  return { checked, ...(code !== 0 && { failure: output.slice(-4_000) }) }
}

function vitest(args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ code: number | null; output: string }> {
  const given = ['vitest', 'run', '--config', 'vitest.workspace.ts', '--reporter=dot', ...args]
  const child = spawn('pnpm', ['exec', ...given], { cwd: root, env: { ...process.env, ...env } })
  let output = ''
  child.stdout.on('data', (text) => (output += String(text)))
  child.stderr.on('data', (text) => (output += String(text)))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}
