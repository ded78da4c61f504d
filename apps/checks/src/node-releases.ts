import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './command.ts'
import { root } from './public-packages.ts'

/** The floor that `engines` promises, and every line that people run. */
const lines = ['22.13', '24', '26']

export interface NodeRelease {
  readonly line: string
  readonly program: string
}

/** The running Node and one of each supported line; what is missing is fetched into `.toolchain/`. */
export async function nodeReleases(): Promise<NodeRelease[]> {
  const running = process.versions.node
  const others = lines.filter((line) => !running.startsWith(`${line}.`))
  const fetched = await Promise.all(others.map(fetchNode))
  return [{ line: running, program: process.execPath }, ...fetched]
}

async function fetchNode(line: string): Promise<NodeRelease> {
  const folder = join(root, '.toolchain', `node-${line}`)
  const program = join(folder, 'node_modules', 'node', 'bin', 'node')
  if (existsSync(program)) return { line, program }
  mkdirSync(folder, { recursive: true })
  const flags = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error']
  const { ok, output } = await run('npm', ['install', '--prefix', folder, ...flags, `node@${line}`], folder)
  if (!ok) throw new Error(`Node ${line} cannot be fetched\n${output}`)
  return { line, program }
}
