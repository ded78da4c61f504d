import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from 'checks/public-packages'

export interface Example {
  /** Its lines so far. */
  readonly said: readonly string[]
  kill(signal: NodeJS.Signals): void
  /** Resolves once it has said so; rejects when it ends before. */
  says(line: string): Promise<void>
  /** Its exit code, or the signal by which it ended. */
  readonly ended: Promise<number | string>
}

/** By the sources of the packages, so that nothing has to be built before. */
const program = [
  ...['--conditions=@wf/source', '--experimental-transform-types', '--disable-warning=ExperimentalWarning'],
  `--import=${join(root, 'packages/parity-tests/test/node-runner/register-source.mjs')}`,
]

interface Place {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs a file of `src/examples` as a process of its own. */
export function spawnExample(file: string, { cwd, env = {} }: Place): Example {
  const { NODE_OPTIONS: _, ...inherited } = process.env
  const path = join(import.meta.dirname, '..', 'src', 'examples', file)
  const child = spawn(process.execPath, [...program, path], { cwd, env: { ...inherited, ...env } })
  const said: string[] = []
  let errors = ''
  let isOver = false
  let wake = Promise.withResolvers<void>()
  const changed = () => {
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
    said,
    ended,
    kill: (signal) => void child.kill(signal),
    async says(line) {
      while (!said.includes(line)) {
        if (isOver) throw new Error(`it ended before it said "${line}": ${errors}`)
        await wake.promise
      }
    },
  }
}
