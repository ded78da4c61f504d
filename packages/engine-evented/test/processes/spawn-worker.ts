import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Order } from './order.js'

export interface Spawned {
  readonly process: ChildProcess
  /** Its lines so far. */
  readonly said: readonly string[]
  /** Resolves once it has said so, that often; rejects when it ends before. */
  says(line: string, count?: number): Promise<void>
  /** Its exit code, or the signal by which it ended. */
  readonly ended: Promise<number | string>
}

const folder = join(import.meta.dirname, '..', '..')
const program = [
  ...['--conditions=@wf/source', '--experimental-transform-types', '--disable-warning=ExperimentalWarning'],
  '--import=../parity-tests/test/node-runner/register-source.mjs',
  'test/processes/worker.ts',
]

export function spawnWorker(order: Order): Spawned {
  const { NODE_OPTIONS: _, ...env } = process.env
  const child = spawn(process.execPath, [...program, JSON.stringify(order)], { cwd: folder, env })
  const said: string[] = []
  let errors = ''
  let wake = Promise.withResolvers<void>()
  let isOver = false
  const changed = (): void => {
    wake.resolve()
    wake = Promise.withResolvers()
  }
  child.stderr.on('data', (text) => {
    errors += text
  })
  const lines = createInterface(child.stdout).on('line', (line) => {
    said.push(line)
    changed()
  })
  const ended = Promise.all([once(child, 'exit'), once(lines, 'close')]).then(([[code, signal]]) => {
    isOver = true
    changed()
    return signal ?? code
  })
  return {
    process: child,
    said,
    ended,
    async says(line, count = 1) {
      while (said.filter((one) => one === line).length < count) {
        if (isOver) throw new Error(`it ended before it said "${line}", after ${said.join(', ')}: ${errors}`)
        await wake.promise
      }
    },
  }
}
