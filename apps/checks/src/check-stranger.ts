import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Outcome, run, said } from './command.ts'
import { runAndKill, untilOneSleeps } from './killed-process.ts'
import type { Tarball } from './public-packages.ts'
import { type Example, readmeExample } from './readme-example.ts'
import type { Report } from './report.ts'

interface Subject {
  readonly folder: string
  readonly tarballs: readonly Tarball[]
}

/** What our packages need of each other, so that npm asks nobody for them. */
const alongside = ['@wf/cron']

/**
 * The way of somebody who has an empty folder, the README and the packages: install, write down what the README begins
 * with, run it, kill it, run it again. How long that took is told.
 */
export async function checkStranger(report: Report, { folder, tarballs }: Subject): Promise<void> {
  const example = readmeExample()
  if (!example) return report.add('stranger: README has an example', { ok: false, output: 'README.md has none.' })
  const home = join(folder, 'stranger')
  mkdirSync(home)
  const begun = performance.now()
  const installed = await install(home, example, tarballs)
  report.add('stranger: installs', installed)
  if (!installed.ok) return
  writeFileSync(join(home, 'order.mts'), example.source)
  writeFileSync(join(home, 'until-one-sleeps.mjs'), untilOneSleeps('runs.db'))
  const node = { program: process.execPath, args: ['order.mts'], cwd: home }
  const killed = await runAndKill(node, () => run(node.program, ['until-one-sleeps.mjs'], home))
  report.add('stranger: runs it, and kills it while it sleeps', said(killed, /^pay is done$/m))
  const again = await run(node.program, node.args, home)
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  const goesOn = { ...again, ok: again.ok && !again.output.includes('pay is done') }
  const survived = said(goesOn, /^ship is done\na lamp, pay, ship$/m)
  report.add(`stranger: from an empty folder to a run that survived a crash in ${seconds} s`, survived)
}

async function install(home: string, { ours, others }: Example, tarballs: readonly Tarball[]): Promise<Outcome> {
  const made = await run('npm', ['init', '-y'], home)
  if (!made.ok) return made
  const files = tarballs.filter(({ name }) => [...ours, ...alongside].includes(name)).map(({ file }) => file)
  return run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...files, ...others], home)
}
