import { chownSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from './free-port.mjs'
import { programOf } from './programs.mjs'
import { launch, pause, untilReady } from './server-process.mjs'
import { temporaryFolder } from './user.mjs'
import { watch } from './watchdog.mjs'

const attempts = 20
const endingSignals = ['SIGKILL', 'SIGQUIT', 'SIGINT', 'SIGTERM']

/** Lays out the folder of a server: `data`, and beside it what it prints. */
export async function layOut(kind, { folder, program }) {
  const user = kind.user?.() ?? {}
  const place = { folder, data: join(folder, 'data'), program, user }
  mkdirSync(place.data, { recursive: true, mode: 0o700 })
  if (user.uid !== undefined) for (const path of [folder, place.data]) chownSync(path, user.uid, user.gid)
  await kind.prepare?.(place)
  return place
}

/** Starts it on the port, or on any free one; somebody may take a port just before it does. */
export async function begin(kind, place, options) {
  for (let left = attempts; left > 0; left -= 1) {
    const port = options.port ?? (await freePort())
    const { path, env } = place.program
    const args = kind.args({ ...options, ...place, port })
    const running = launch({ program: path, args, env, folder: place.folder, user: place.user })
    const answers = () => kind.answers({ ...place, port, pid: running.pid })
    if (await untilReady(running, answers, place.folder)) return { port, running }
    await pause(100)
  }
  throw new Error(`${kind.name} finds no port to listen on.`)
}

/** A server for one test: it dies with the process that started it. */
export async function startPrivate(kind, options) {
  const program = await programOf(kind, options.version)
  const folder = temporaryFolder(kind.name)
  const dog = watch(folder)
  try {
    const place = await layOut(kind, { folder, program })
    const server = new PrivateServer(kind, place, { dog, options })
    await server.start()
    return server
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    dog.leave()
    throw error
  }
}

class PrivateServer {
  #kind
  #place
  #dog
  #options
  #running

  constructor(kind, place, { dog, options }) {
    this.#kind = kind
    this.#place = place
    this.#dog = dog
    this.#options = options
  }

  get folder() {
    return this.#place.folder
  }

  get port() {
    return this.#options.port
  }

  get url() {
    return this.#kind.url(this.port)
  }

  get pid() {
    return this.#running.pid
  }

  async start() {
    const { port, running } = await begin(this.#kind, this.#place, this.#options)
    this.#options = { ...this.#options, port }
    this.#running = running
    this.#dog.guard(running.pid)
    running.gone.then(() => running === this.#running && this.#dog.forget())
  }

  async kill(signal = 'SIGKILL') {
    if (this.#running.ended !== undefined) return
    this.#running.signal(signal)
    if (!endingSignals.includes(signal) || this.#kind.waitsForClients(signal)) return
    await this.#running.untilGone()
    await this.#kind.untilReleased?.(this.#place)
  }

  async restart(options = {}) {
    // One that was stopped hears nothing else before it goes on.
    if (this.#running.ended === undefined) this.#running.signal('SIGCONT')
    await this.kill(this.#kind.restartSignal(options))
    if (options.empty) this.#kind.empty?.(this.#place)
    await this.start()
  }

  async stop() {
    await this.kill('SIGCONT')
    await this.kill(this.#kind.endSignal)
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
    this.#dog.leave()
  }
}
