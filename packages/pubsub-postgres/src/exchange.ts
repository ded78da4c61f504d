import type { Database } from './database.js'
import { readHint } from './hint-text.js'
import { Pauses } from './pauses.js'

/** What was taken is said along with the next question, or alone after this long. */
const SAY_ALONE_MS = 20
const SAY_MOST = 1_000
/** Before what was taken is said again to a server that did not answer. */
const PAUSE_MS = 500
/** More than this is not kept for a server that is away: the hints come again, that is all. */
const KEEP_MOST = 50_000

export interface Want {
  readonly group: number
  /** No hint below this number is looked for. */
  readonly low: number
  readonly limit: number
}

/** A hint that this process has until its lease ends. */
export interface Taken {
  readonly group: number
  readonly id: number
  readonly tries: number
  readonly hint: string
}

interface Asked extends Want {
  resolve(rows: readonly Taken[]): void
  reject(error: unknown): void
}

interface Row {
  readonly nth: number
  readonly id: string
  readonly tries: number
  readonly hint: string
}

export interface ExchangeParts {
  readonly database: Database
  readonly schema: string
  readonly leaseMs: number
}

/** Takes hints and says which ones were taken: one call at a time, with all that has come together meanwhile. */
export class Exchange {
  private asked: Asked[] = []
  private done: Pick<Taken, 'group' | 'id'>[] = []
  private running: Promise<void> | undefined
  private timer: NodeJS.Timeout | undefined
  private readonly pauses = new Pauses()
  private isClosed = false

  constructor(private readonly parts: ExchangeParts) {}

  take(want: Want): Promise<readonly Taken[]> {
    return new Promise((resolve, reject) => {
      this.asked.push({ ...want, resolve, reject })
      this.start()
    })
  }

  acknowledge(taken: readonly Pick<Taken, 'group' | 'id'>[]): void {
    for (const one of taken) this.done.push(one)
    if (this.running !== undefined) return
    if (this.done.length >= SAY_MOST || this.isClosed) this.start()
    else this.timer ??= setTimeout(() => this.start(), SAY_ALONE_MS)
  }

  /** Says all that was taken. What fails is not tried again. */
  async close(): Promise<void> {
    this.isClosed = true
    this.pauses.end()
    this.start()
    await this.running
  }

  private start(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.running ??= this.run()
  }

  private async run(): Promise<void> {
    // All who ask in this moment ask together.
    await undefined
    while (this.asked.length > 0 || this.done.length > 0) {
      const asked = this.nextAsked()
      const done = this.done.splice(0, SAY_MOST)
      try {
        const rows = await this.call(asked, done)
        for (const [index, one] of asked.entries()) one.resolve(rows.get(index) ?? [])
      } catch (error) {
        for (const one of asked) one.reject(error)
        if (this.isClosed) break
        await this.keepForLater(done)
      }
    }
    this.running = undefined
  }

  private async keepForLater(done: readonly Pick<Taken, 'group' | 'id'>[]): Promise<void> {
    if (this.done.length < KEEP_MOST) this.done.unshift(...done)
    await this.pauses.wait(this.asked.length === 0 ? PAUSE_MS : SAY_ALONE_MS)
  }

  /** One statement sees its own locks, so of each group one member asks at a time. */
  private nextAsked(): Asked[] {
    const groups = new Set<number>()
    const now: Asked[] = []
    const later: Asked[] = []
    for (const one of this.asked) {
      if (groups.has(one.group)) later.push(one)
      else now.push(one)
      groups.add(one.group)
    }
    this.asked = later
    return now
  }

  private async call(
    asked: readonly Want[],
    done: readonly Pick<Taken, 'group' | 'id'>[],
  ): Promise<Map<number, Taken[]>> {
    const { database, schema, leaseMs } = this.parts
    const rows = await database.ask<Row>(`select * from ${schema}.hint_exchange($1, $2, $3, $4, $5, $6)`, [
      done.map(({ group }) => group),
      done.map(({ id }) => id),
      asked.map(({ group }) => group),
      asked.map(({ low }) => low),
      asked.map(({ limit }) => limit),
      leaseMs,
    ])
    const taken = new Map<number, Taken[]>()
    for (const { nth, id, tries, hint } of rows) {
      const of = taken.get(nth - 1) ?? []
      taken.set(nth - 1, of)
      of.push({ group: asked[nth - 1]?.group ?? 0, id: Number(id), tries, hint: readHint(hint) })
    }
    return taken
  }
}
