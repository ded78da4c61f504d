import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { MemberPlan } from './member.ts'

const execArgv = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']
const BETWEEN_KILLS_MS = 300

interface Member {
  readonly child: ChildProcess
  /** The port of a server. */
  readonly ready: Promise<number>
  isReady: boolean
}

/** The processes: one that shows stories and is never killed, and some that work and are. */
export class Crew {
  killed = 0
  private isOver = false
  private readonly workers: Member[] = []
  private server: Member | undefined
  private readonly given: Omit<MemberPlan, 'role'>

  constructor(given: Omit<MemberPlan, 'role'>) {
    this.given = given
  }

  /** The port at which stories are shown. */
  async begin(workers: number): Promise<number> {
    this.server = this.spawn('server')
    for (let n = 0; n < workers; n += 1) this.workers.push(this.spawn('worker'))
    await Promise.all(this.workers.map(({ ready }) => ready))
    return this.server.ready
  }

  /** Whoever is killed is replaced. */
  kill(times: number): readonly Promise<void>[] {
    const strike = async (): Promise<void> => {
      while (!this.isOver && this.killed < times) {
        await pause(Math.random() * 2 * BETWEEN_KILLS_MS)
        const place = Math.floor(Math.random() * this.workers.length)
        const worker = this.workers[place]
        if (this.isOver || !worker?.isReady) continue
        worker.child.kill('SIGKILL')
        this.killed += 1
        this.workers[place] = this.spawn('worker')
      }
    }
    return times === 0 ? [] : [strike()]
  }

  stop(): void {
    this.isOver = true
  }

  async end(): Promise<void> {
    this.isOver = true
    const all = [...this.workers, ...(this.server ? [this.server] : [])]
    await Promise.all(
      all.map(({ child }) => {
        if (child.exitCode !== null || child.signalCode !== null) return undefined
        const over = new Promise((resolve) => child.once('exit', resolve))
        child.kill('SIGKILL')
        return over
      }),
    )
  }

  private spawn(role: MemberPlan['role']): Member {
    const child = fork(join(import.meta.dirname, 'member.ts'), [], {
      execArgv,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const member: Member = {
      child,
      isReady: false,
      ready: new Promise((resolve, reject) => {
        child.once('message', ({ ready }: { readonly ready: number }) => {
          member.isReady = true
          resolve(ready)
        })
        child.once('exit', (code, signal) => reject(new Error(`a ${role} ended with ${code ?? signal}`)))
      }),
    }
    // Who is killed before it was ready is nobody's mistake.
    member.ready.catch(() => undefined)
    child.send({ ...this.given, role } satisfies MemberPlan)
    return member
  }
}
