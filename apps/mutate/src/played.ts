import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { Answer, Attempt, Order, Sight, TryOrder } from './orders.ts'

/** A player that says nothing for so long goes round in a circle that never asks for its mutant. */
const SILENT_MS = 30_000
/** Mutants leave things behind; now and then a player begins anew. */
const MOST_ATTEMPTS = 400

const player = join(import.meta.dirname, 'player.ts')

/** Hands orders to a process, and starts it again whenever one of them has cost it its life. */
export class Played {
  private child: ChildProcess | undefined
  private attempts = 0

  private readonly bundle: string

  constructor(bundle: string) {
    this.bundle = bundle
  }

  async look(group: string): Promise<Sight> {
    const answer = await this.ask({ do: 'look', group })
    if (answer?.is !== 'seen') throw new Error(`${group} cannot be played even without a mutant`)
    return answer.sight
  }

  async attempt(order: TryOrder): Promise<Attempt> {
    this.attempts += 1
    if (this.attempts % MOST_ATTEMPTS === 0) this.end()
    const answer = await this.ask(order)
    if (answer?.is === 'tried') return answer.attempt
    return { verdict: 'timed out', by: 'the watch over the process', played: order.proofs.length }
  }

  end(): void {
    this.child?.kill('SIGKILL')
    this.child = undefined
  }

  /** Absent: the process has died of it, or was ended for its silence. */
  private ask(order: Order): Promise<Answer | undefined> {
    const child = this.child ?? this.begin()
    return new Promise((resolve) => {
      let silence: NodeJS.Timeout | undefined
      const settle = (answer: Answer | undefined): void => {
        clearTimeout(silence)
        child.off('message', hear).off('exit', died)
        resolve(answer)
      }
      const died = (): void => {
        this.child = undefined
        settle(undefined)
      }
      const listen = (): void => {
        clearTimeout(silence)
        silence = setTimeout(() => this.end(), SILENT_MS)
      }
      const hear = (answer: Answer): void => {
        if (answer.is === 'alive') listen()
        else settle(answer)
      }
      child.on('message', hear).once('exit', died)
      listen()
      child.send(order)
    })
  }

  private begin(): ChildProcess {
    // Properties are looked at in a few cases each: every survivor gets all of them.
    const env = { ...process.env, WF_RUNS: '16' }
    const execArgv = ['--max-old-space-size=2048', '--no-warnings']
    this.child = fork(player, [this.bundle], {
      execArgv,
      env,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      serialization: 'advanced',
    })
    return this.child
  }
}
