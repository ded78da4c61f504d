import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Outcome, run, said } from './command.ts'
import { runAndKill, untilOneSleeps } from './killed-process.ts'
import { root, type Tarball } from './public-packages.ts'
import type { Report } from './report.ts'

interface Subject {
  readonly folder: string
  readonly tarballs: readonly Tarball[]
}

/** What the starter needs, and what that needs in its turn. */
const wanted = [
  'core',
  'cron',
  'engine-default',
  'engine-evented',
  'parity-tests',
  'pubsub-memory',
  'storage-memory',
  'storage-sqlite',
  'testing',
]

/** What is no part of it, if somebody has worked in the folder. */
const left = ['node_modules', 'dist', '.data', 'package-lock.json']

/** Copies the starter, does what its README says, and kills it in the middle. */
export async function checkStarter(report: Report, { folder, tarballs }: Subject): Promise<void> {
  const home = join(folder, 'starter')
  const source = join(root, 'apps', 'starter')
  cpSync(source, home, { recursive: true, filter: (path) => !left.some((name) => path === join(source, name)) })
  const add = (what: string, outcome: Outcome) => report.add(`starter: ${what}`, outcome)
  const files = tarballs.filter(({ name }) => wanted.includes(name.replace('@wf/', ''))).map(({ file }) => file)
  const installed = await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...files], home)
  add('installs', installed)
  if (!installed.ok) return
  for (const script of ['typecheck', 'test', 'build']) add(script, await run('npm', ['run', '--silent', script], home))

  mkdirSync(join(home, '.data'))
  writeFileSync(join(home, 'until-one-sleeps.mjs'), untilOneSleeps('.data/runs.db'))
  const node = { program: process.execPath, args: ['dist/main.js', 'Ada'], cwd: home }
  const killed = await runAndKill(node, () => run(node.program, ['until-one-sleeps.mjs'], home))
  add('is killed in the middle of a run', said(killed, /creating the account of Ada/))
  const again = await run('npm', ['start', '--silent', '--', 'Ada'], home)
  const goesOn = { ...again, ok: again.ok && !again.output.includes('creating the account') }
  add('goes on where it was', said(goesOn, /sending tips to Ada\nAda knows all about it/))
}
