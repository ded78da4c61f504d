import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Order } from './order.js'

export interface Landed {
  readonly id: string
  readonly commitId: string
  readonly version: number
}

export interface Writer {
  readonly process: ChildProcess
  /** What it was told has landed. */
  readonly landed: readonly Landed[]
  /** Anything else that it said. */
  readonly said: readonly string[]
  /** Resolves when so many commits have landed, or when it has ended. */
  reached(count: number): Promise<void>
  /** How it ended, and its errors. */
  readonly ended: Promise<{ readonly how: number | string; readonly errors: string }>
}

const folder = join(import.meta.dirname, '..', '..')
const program = [
  process.execPath,
  ...['--conditions=@wf/source', '--experimental-transform-types', '--disable-warning=ExperimentalWarning'],
  '--import=../parity-tests/test/node-runner/register-source.mjs',
  'test/processes/writer.ts',
]

/** Another process on the file. `limit` is a shell command that takes something away from it first. */
export function spawnWriter(order: Order, limit = ':'): Writer {
  const { NODE_OPTIONS: _, ...env } = process.env
  const script = `${limit}; exec "$@"`
  const child = spawn('sh', ['-c', script, 'sh', ...program, JSON.stringify(order)], { cwd: folder, env })
  const landed: Landed[] = []
  const said: string[] = []
  const waiting: { readonly count: number; readonly reached: () => void }[] = []
  let errors = ''
  let over = false
  const wake = (): void => {
    for (const { count, reached } of waiting) if (over || landed.length >= count) reached()
  }
  child.stderr.on('data', (text) => {
    errors += text
  })
  const lines = createInterface(child.stdout).on('line', (line) => {
    const [word, id, commitId, version] = line.split(' ')
    if (word === 'landed' && id && commitId) landed.push({ id, commitId, version: Number(version) })
    else said.push(line)
    wake()
  })
  const ended = Promise.all([once(child, 'exit'), once(lines, 'close')]).then(([[code, signal]]) => {
    over = true
    wake()
    return { how: signal ?? code, errors }
  })
  return {
    process: child,
    landed,
    said,
    ended,
    reached: (count) =>
      new Promise((reached) => {
        waiting.push({ count, reached })
        wake()
      }),
  }
}
