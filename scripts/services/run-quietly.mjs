import { spawn } from 'node:child_process'

/** Runs a program to its end; what it makes may be read by others, whatever the shell of our user says. */
export function runQuietly(program, args, { env = {}, cwd = '/', user = {}, timeout = 600_000 } = {}) {
  return new Promise((resolve) => {
    const child = spawn('sh', ['-c', 'umask 022; exec "$@"', 'sh', program, ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout,
      ...user,
    })
    const chunks = []
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    const output = () => Buffer.concat(chunks).toString().trim()
    child.on('error', (error) => resolve({ ok: false, output: error.message }))
    child.on('close', (code) => resolve({ ok: code === 0, output: output() }))
  })
}
