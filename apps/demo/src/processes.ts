import { fork } from 'node:child_process'
import { join } from 'node:path'

export type Role = 'start' | 'work' | 'approve'

/** One process that works on the order, as seen from outside. */
export interface WorkerProcess {
  readonly number: number
  readonly pid: number | undefined
  readonly startedAt: number
  ended?: {
    readonly at: number
    readonly code: number | null
    readonly signal: NodeJS.Signals | null
    readonly errors: string
  }
  /** Asks it to finish what it does and to end. */
  stop(): void
}

/** Starts processes and sees what becomes of them; it knows nothing of workflows. */
export class Processes {
  readonly all: WorkerProcess[] = []
  readonly #kills: (() => void)[] = []
  readonly #folder: string
  readonly #heard: (message: unknown) => void

  constructor(folder: string, heard: (message: unknown) => void) {
    this.#folder = folder
    this.#heard = heard
  }

  start(role: Role): WorkerProcess {
    const number = this.all.length + 1
    const child = fork(join(import.meta.dirname, 'worker.ts'), [role, this.#folder, String(number)], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    const { pid } = child
    const worker: WorkerProcess = {
      number,
      pid,
      startedAt: Date.now(),
      stop: () => void (child.connected && child.send('stop')),
    }
    let errors = ''
    child.stderr?.on('data', (chunk) => {
      errors += chunk
    })
    child.on('message', this.#heard)
    child.on('error', (error) => {
      errors += error.message
    })
    child.on('close', (code, signal) => {
      worker.ended = { at: Date.now(), code, signal, errors }
    })
    this.all.push(worker)
    this.#kills.push(() => child.kill('SIGKILL'))
    return worker
  }

  /** For the end of the demo, however it comes: nothing is left behind. */
  killAll(): void {
    for (const kill of this.#kills) kill()
  }
}
