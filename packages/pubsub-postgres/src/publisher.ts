import type { Database } from './database.js'
import { writeHint } from './hint-text.js'
import type { Listener } from './listener.js'
import { keyOf } from './names.js'
import { Pauses } from './pauses.js'
import { mayPass } from './unavailable.js'

/** So many hints go out in one statement at most, beside those of one call, which are not parted. */
const MOST_TOGETHER = 5_000
const PAUSES_MS = [0, 20, 100, 500] as const

interface Letter {
  readonly topic: string
  readonly hints: readonly string[]
  resolve(): void
  reject(error: unknown): void
}

export interface PublisherParts {
  readonly database: Database
  readonly listener: Listener
  readonly schema: string
  readonly prefix: string
  readonly timeoutMs: number
  /** So long a hint that is handed to somebody is kept from others. */
  readonly handMs: number
  /** Resolves when the tables are there. */
  ready(): Promise<void>
}

/**
 * Sends hints. A commit that notifies locks out all others of the cluster, so what is published while a call is under way
 * goes out together as the next one.
 */
export class Publisher {
  private waiting: Letter[] = []
  private running: Promise<void> | undefined
  private readonly pauses = new Pauses()
  private isClosed = false

  constructor(private readonly parts: PublisherParts) {}

  publish(topic: string, hints: readonly string[]): Promise<void> {
    if (hints.length === 0) return Promise.resolve()
    const written = hints.map(writeHint)
    return new Promise((resolve, reject) => {
      this.waiting.push({ topic: keyOf(topic), hints: written, resolve, reject })
      this.running ??= this.run()
    })
  }

  /** Resolves when all that was accepted is sent or refused. What fails is not tried again. */
  async close(): Promise<void> {
    this.isClosed = true
    this.pauses.end()
    await this.running
  }

  private async run(): Promise<void> {
    // What is published in the same moment goes along.
    await undefined
    while (this.waiting.length > 0) {
      const letters = this.next()
      try {
        await this.send(letters)
        for (const { resolve } of letters) resolve()
      } catch (error) {
        for (const { reject } of letters) reject(error)
      }
    }
    this.running = undefined
  }

  private next(): readonly Letter[] {
    let hints = 0
    const end = this.waiting.findIndex((letter, index) => {
      hints += letter.hints.length
      return index > 0 && hints > MOST_TOGETHER
    })
    return this.waiting.splice(0, end === -1 ? this.waiting.length : end)
  }

  /** Tried again for a while, because hints may arrive twice and connections get lost. */
  private async send(letters: readonly Letter[]): Promise<void> {
    const { database, listener, schema, prefix, timeoutMs, handMs } = this.parts
    const byTopic = Map.groupBy(letters, ({ topic }) => topic)
    const bundles = [...byTopic.values()].map((some) => JSON.stringify(some.flatMap(({ hints }) => hints)))
    const until = performance.now() + timeoutMs
    for (let failures = 0; ; failures += 1) {
      try {
        await this.parts.ready()
        const values = [prefix, [...byTopic.keys()], bundles, handMs, listener.name ?? null]
        const text = `select ${schema}.hint_hand($1, $2, $3, $4, $5)`
        // Where it failed once, the line is as likely to be lost as not.
        const asked = failures === 0 ? listener.asking(database.questionOf(text, values)) : undefined
        await (asked ?? database.ask(text, values))
        return
      } catch (error) {
        const pauseMs = PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)] ?? 0
        if (this.isClosed || !mayPass(error) || performance.now() + pauseMs > until) throw error
        await this.pauses.wait(pauseMs)
      }
    }
  }
}
