import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root, run, tool } from './command.mjs'
import { release, up } from './services/shared-servers.mjs'
import { unitResults } from './tally-reporter.mjs'

const packageResults = join(root, 'apps', 'checks', '.results', 'packages.json')

/**
 * Everything that must hold before a change is taken; the last line says how much of it did.
 * With `--keep-servers` those that it started go on until `node scripts/services.mjs down`.
 */
export async function test(env, args) {
  mkdirSync(join(root, '.results'), { recursive: true })
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => release(process.pid).finally(() => process.exit(130)))
  }
  try {
    return await proveAll(env, args.includes('--keep-servers') ? {} : { user: process.pid })
  } finally {
    await release(process.pid)
  }
}

async function proveAll(env, use) {
  const colors = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
  const context = { env: { ...env, ...colors }, tally: { passed: 0, failed: 0, skipped: 0 } }

  await Promise.all([
    check(context, 'build', [tool('turbo'), 'run', 'build', '--continue', '--output-logs=errors-only']),
    check(context, 'typecheck', [tool('turbo'), 'run', 'typecheck', '--output-logs=errors-only']),
    check(context, 'lint', [tool('biome'), 'check']),
    check(context, 'unused code', [tool('knip'), '--no-progress']),
    startServers(context, use),
  ])
  await unitTests(context)
  await Promise.all([
    check(context, 'machine coverage', [tool('vitest'), 'run', '--config', 'vitest.machine.ts', '--reporter=dot']),
    packageChecks(context),
  ])

  const { passed, failed, skipped } = context.tally
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
  return failed === 0 && skipped === 0 && passed > 0 ? 0 : 1
}

/** Without servers all that needs none is still tried; that the rest was not is one failure. */
async function startServers(context, use) {
  const begun = Date.now()
  const { ok, urls, detail } = await up(use).then(
    (found) => ({ ok: true, urls: found }),
    (error) => ({ ok: false, urls: { WF_SERVICES_ABSENT: '1' }, detail: error.message }),
  )
  Object.assign(context.env, urls)
  report(context, { name: 'servers', ok, detail, seconds: (Date.now() - begun) / 1000 })
}

async function check(context, name, [program, ...args]) {
  const begun = Date.now()
  const { code, output } = await run(program, args, { env: context.env, quiet: true })
  report(context, { name, ok: code === 0, detail: output, seconds: (Date.now() - begun) / 1000 })
}

function report({ tally }, { name, ok, detail, seconds }) {
  const duration = seconds === undefined ? '' : ` (${seconds.toFixed(1)} s)`
  if (ok) tally.passed += 1
  else tally.failed += 1
  console.log(ok ? `✓ ${name}${duration}` : `✗ ${name}${duration}\n${detail}`)
}

async function unitTests(context) {
  rmSync(unitResults, { force: true })
  const reporters = ['--reporter=default', '--reporter=./scripts/tally-reporter.mjs']
  const without = context.env.WF_SERVICES_ABSENT ? ['--exclude=**/*.live.test.ts'] : []
  const { code } = await run(tool('vitest'), ['run', '--config', 'vitest.workspace.ts', ...reporters, ...without], {
    env: context.env,
  })
  const seen = readJson(unitResults) ?? { passed: 0, failed: 0, skipped: 0 }
  for (const outcome of Object.keys(context.tally)) context.tally[outcome] += seen[outcome]
  // A run that went wrong outside of every test, or that never began, is a failure too.
  if (code !== 0 && seen.failed === 0)
    report(context, { name: 'unit tests', ok: false, detail: `vitest ended with ${code}` })
}

async function packageChecks(context) {
  rmSync(packageResults, { force: true })
  const { code, output } = await run(tool('turbo'), ['run', 'check', '--output-logs=errors-only'], {
    env: context.env,
    quiet: true,
  })
  const results = readJson(packageResults) ?? []
  for (const result of results) report(context, result)
  if (results.length === 0 || (code !== 0 && results.every(({ ok }) => ok))) {
    report(context, { name: 'package checks', ok: false, detail: output })
  }
}

const readJson = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)
