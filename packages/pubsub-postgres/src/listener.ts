import { randomBytes, randomUUID } from 'node:crypto'
import type { Logger } from '@wf/core'
import type { ClientBase, Notification, QueryConfig } from 'pg'
import type { Line } from './database.js'
import { Pauses, within } from './pauses.js'
import { closedError, reasonOf, sqlState, unavailable } from './unavailable.js'

const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 5_000

export interface ListenerParts {
  readonly server: string
  readonly timeoutMs: number
  readonly logger: Pick<Logger, 'warn'>
  open(): Promise<Line>
  hear(payload: string): void
  /** A line stands (again): what was told meanwhile was not heard. */
  stands(): void
}

/** The one connection that listens, for as long as anybody does; a lost or silent one is replaced. */
export class Listener {
  /** Each with when it is listened to, as far as the line that stands is concerned. */
  private readonly channels = new Map<string, Promise<void>>()
  private readonly pauses = new Pauses()
  private readonly echo = `wf_hint_echo_${randomUUID().replaceAll('-', '')}`
  private line: Line | undefined
  /** What the line that stands is called, which is a lock that it holds. */
  name: string | undefined
  private running: Promise<void> | undefined
  private isClosed = false
  private standing = Promise.withResolvers<void>()
  private lastFailure: unknown

  constructor(private readonly parts: ListenerParts) {
    this.standing.promise.catch(() => undefined)
  }

  /** Resolves once the channel is listened to. */
  async listen(channel: string): Promise<void> {
    this.running ??= this.run()
    // Whoever was first may wait for the answer still: nobody else hears anything before it.
    const heard = this.channels.get(channel) ?? this.begin(channel)
    this.channels.set(channel, heard)
    await heard
    const { timeoutMs, server } = this.parts
    const isHeard = await within(
      timeoutMs,
      this.standing.promise.then(() => true),
    )
    if (this.isClosed) throw closedError()
    if (isHeard !== true) throw unavailable(server, this.lastFailure ?? new Error('no connection to listen on'))
  }

  async close(): Promise<void> {
    this.isClosed = true
    this.pauses.end()
    this.standing.resolve()
    const { line } = this
    if (line !== undefined) this.lose(line)
    await this.running
  }

  /**
   * Asks over the line that stands. What is notified there is heard along with the answer, where another connection would
   * have to be woken for it. `undefined`: none stands.
   */
  asking(question: QueryConfig<unknown[]>): Promise<unknown> | undefined {
    const { line } = this
    if (line === undefined) return undefined
    return line.client.query(question).catch((error: unknown) => {
      throw this.failed(line, error)
    })
  }

  /** What the server has refused leaves the line as it was. */
  private failed(line: Line, error: unknown): unknown {
    if (sqlState(error) === undefined) this.lose(line)
    return unavailable(this.parts.server, error)
  }

  /** A line that comes to stand listens to all channels by itself. Never rejects. */
  private async begin(channel: string): Promise<void> {
    const { line } = this
    if (line !== undefined) await this.ask(line.client, `listen ${channel}`).catch(() => this.lose(line))
  }

  private async run(): Promise<void> {
    for (let pauseMs = FIRST_PAUSE_MS; !this.isClosed; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      const begun = performance.now()
      try {
        await this.stand()
      } catch (error) {
        if (!this.isClosed) this.tell(error)
      }
      // A line that stood for a while was no failure to connect.
      if (performance.now() - begun > LONGEST_PAUSE_MS) pauseMs = FIRST_PAUSE_MS
      await this.pauses.wait(pauseMs * (0.5 + Math.random()))
    }
  }

  /** Opens a line and stays with it until it is lost. */
  private async stand(): Promise<void> {
    const line = await this.parts.open()
    const lost = Promise.withResolvers<never>()
    lost.promise.catch(() => undefined)
    const fail = (error?: Error): void => lost.reject(error ?? new Error('the connection that listens has ended'))
    const hear = ({ channel, payload }: Notification): void => {
      if (channel !== this.echo) this.parts.hear(payload ?? '')
    }
    const { client } = line
    client.on('error', fail).on('end', fail).on('notification', hear)
    try {
      await Promise.race([lost.promise, this.settle(line)])
      if (this.isClosed) return
      this.lastFailure = undefined
      this.standing.resolve()
      this.parts.stands()
      await Promise.race([lost.promise, this.watch(client)])
    } finally {
      client.off('notification', hear)
      this.forget(line)
      line.drop()
    }
  }

  private async settle(line: Line): Promise<void> {
    const { client } = line
    const told = Promise.withResolvers<true>()
    const hear = ({ channel }: Notification): void => {
      if (channel === this.echo) told.resolve(true)
    }
    client.on('notification', hear)
    try {
      for (let known = -1; known !== this.channels.size; ) {
        known = this.channels.size
        await this.ask(client, [this.echo, ...this.channels.keys()].map((channel) => `listen ${channel}`).join(';'))
        await this.ask(client, `notify ${this.echo}`)
        if ((await within(this.parts.timeoutMs, told.promise)) !== true) throw new Error(DEAF)
      }
      const name = randomBytes(8).readBigInt64BE().toString()
      await this.ask(client, `select pg_try_advisory_lock(${name})`)
      this.name = name
      // At once, because whoever asks for a channel from now on listens to it by this line.
      this.line = line
    } finally {
      client.off('notification', hear)
    }
  }

  /** Rejects when the other side is silent: a connection can be dead for hours without either side knowing. */
  private async watch(client: ClientBase): Promise<void> {
    for (;;) {
      await this.pauses.wait(this.parts.timeoutMs)
      if (this.isClosed) return
      await this.ask(client, 'select 1')
    }
  }

  private async ask(client: ClientBase, text: string): Promise<void> {
    const question: QueryConfig & { readonly query_timeout: number } = { text, query_timeout: this.parts.timeoutMs }
    await client.query(question)
  }

  private lose(line: Line): void {
    this.forget(line)
    // `stand` hears that it has ended.
    line.drop()
  }

  private forget(line: Line): void {
    if (this.line !== line) return
    this.line = undefined
    this.name = undefined
    if (this.isClosed) return
    this.standing = Promise.withResolvers()
    this.standing.promise.catch(() => undefined)
  }

  private tell(error: unknown): void {
    const isFirst = this.lastFailure === undefined
    this.lastFailure = error
    if (!isFirst) return
    const { logger, server } = this.parts
    logger.warn(
      {},
      `the pub/sub at ${server} is not heard just now (${reasonOf(error)}); it is tried again until it is`,
    )
  }
}

const DEAF = `what is notified is not heard on the connection that listens; behind a pooler that changes connections between transactions give a direct \`listenUrl\``
