import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { pubsubRules, storageRules } from '../src/index.js'

const run = promisify(execFile)

it.for([
  { suite: 'storage', rules: storageRules },
  { suite: 'pubsub', rules: pubsubRules },
])('the $suite suite runs under node:test, and writes its report', { timeout: 120_000 }, async ({ suite, rules }) => {
  const folder = await mkdtemp(join(tmpdir(), 'wf-parity-'))
  try {
    const file = join(folder, 'report.json')
    const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: __, ...env } = process.env
    const source = [
      '--conditions=@wf/source',
      '--experimental-transform-types',
      '--disable-warning=ExperimentalWarning',
    ]
    const { stdout } = await run(
      process.execPath,
      [...source, '--import=./test/node-runner/register-source.mjs', '--test', `test/node-runner/${suite}-memory.ts`],
      { cwd: join(import.meta.dirname, '..'), env: { ...env, WF_PARITY_REPORT: file, WF_PARITY_TIME_SCALE: '4' } },
    ).catch((error: { stdout: string; stderr: string }) => expect.unreachable(error.stdout + error.stderr))
    expect(stdout).toMatch(new RegExp(`pass ${rules.length}\\b`))
    const report = JSON.parse(await readFile(file, 'utf8'))
    expect(report).toMatchObject({ subject: 'memory', contract: 1, suite, result: 'complete' })
    expect(report.rules.map(({ id }: { id: string }) => id)).toEqual(rules.map(({ id }) => id))
  } finally {
    await rm(folder, { recursive: true })
  }
})
