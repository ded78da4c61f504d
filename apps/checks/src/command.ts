import { spawn } from 'node:child_process'

export interface Outcome {
  readonly ok: boolean
  readonly output: string
}

/** It is well only if it also printed this. */
export const said = ({ ok, output }: Outcome, expected: RegExp): Outcome => ({
  ok: ok && expected.test(output),
  output,
})

const patienceMs = 180_000

export interface Place {
  readonly cwd: string
  /** On top of the environment of this process. */
  readonly env?: Readonly<Record<string, string>>
}

/** Runs a program to its end and keeps all that it printed; one that hangs is ended and has failed. */
export function run(program: string, args: readonly string[], place: string | Place): Promise<Outcome> {
  const { cwd, env = {} } = typeof place === 'string' ? { cwd: place } : place
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      timeout: patienceMs,
    })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', (error) => resolve({ ok: false, output: error.message }))
    child.on('close', (code, signal) => {
      const ending = signal ? `\nended by ${signal}` : ''
      resolve({ ok: code === 0, output: `${Buffer.concat(chunks).toString()}${ending}` })
    })
  })
}
