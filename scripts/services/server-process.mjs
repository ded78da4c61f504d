import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const patienceMs = 60_000
const pollMs = 15

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Starts a server that outlives nobody's interest in it: what it prints goes to `server.log` in its folder. */
export function launch({ program, args, env, folder, user }) {
  const log = openSync(join(folder, 'server.log'), 'a')
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', log, log],
    ...user,
  })
  closeSync(log)
  child.unref()
  return new ServerProcess(child)
}

class ServerProcess {
  #child
  /** Undefined while it runs. */
  ended

  constructor(child) {
    this.#child = child
    this.gone = new Promise((resolve) => {
      const end = (how) => {
        this.ended = how
        resolve(how)
      }
      child.once('error', (error) => end(error.message))
      child.once('exit', (code, signal) => end(signal ?? `code ${code}`))
    })
  }

  get pid() {
    return this.#child.pid
  }

  signal(name) {
    this.#child.kill(name)
  }

  /** Keeps us alive as long as it is waited for. */
  async untilGone() {
    if (this.ended === undefined) this.#child.ref()
    await this.gone
  }
}

/** Waits until the server answers; false when its port was taken by somebody else in between. */
export async function untilReady(server, answers, folder) {
  const deadline = Date.now() + patienceMs
  for (;;) {
    if (server.ended === undefined && (await answers()) && server.ended === undefined) return true
    if (server.ended !== undefined || Date.now() > deadline) break
    await pause(pollMs)
  }
  const log = readFileSync(join(folder, 'server.log'), 'utf8')
  if (server.ended !== undefined && /address (already )?in use/i.test(log.slice(-2_000))) return false
  if (server.ended === undefined) server.signal('SIGKILL')
  const what = server.ended === undefined ? `did not answer within ${patienceMs / 1000} s` : `ended (${server.ended})`
  throw new Error(`The server ${what}:\n${log.slice(-2_000)}`)
}
