import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Order } from './order.js'

const folder = join(import.meta.dirname, '..', '..')
const program = [
  ...['--conditions=@wf/source', '--experimental-transform-types', '--disable-warning=ExperimentalWarning'],
  '--import=../parity-tests/test/node-runner/register-source.mjs',
  'test/processes/member.ts',
]

/** What a process said last, or the signal by which it ended; with what went wrong otherwise. */
export async function runMember(order: Order): Promise<string> {
  const { NODE_OPTIONS: _, ...env } = process.env
  const child = spawn(process.execPath, [...program, JSON.stringify(order)], { cwd: folder, env })
  const [said, errors, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null, string | null]>,
  ])
  if (code !== null && code !== 0) throw new Error(`"${order.name}" ended with ${code}: ${errors}`)
  return signal ?? said.trim()
}
