import { AsyncLocalStorage } from 'node:async_hooks'
import { connect, type NatsConnection, type NodeConnectionOptions, type Status } from '@nats-io/transport-node'
import { WorkflowError } from '@wf/core'
import { unavailable } from './because.js'
import type { Settings } from './nats-pub-sub-options.js'
import { nameServers } from './read-url.js'

export type Source =
  | { readonly connection: NodeConnectionOptions; readonly client?: undefined }
  | { readonly connection?: undefined; readonly client: NatsConnection }

/** Before another connection is made for one that ended by itself. */
const AGAIN_MS = 1_000

/** The one connection of a pub/sub: made when it is needed, and again when it was lost. */
export class Link {
  readonly server: string
  /** A connection must see nothing of whoever was the first to need it. */
  private readonly outside = AsyncLocalStorage.snapshot()
  private connection: NatsConnection | undefined
  private connecting: Promise<NatsConnection> | undefined
  private isAway = false
  private isClosed = false
  private again: NodeJS.Timeout | undefined
  private stopListening = (): void => undefined
  private readonly lost = new Set<(error: unknown) => void>()
  private readonly waiting = new Set<() => void>()
  private readonly backs = new Set<() => void>()

  constructor(
    private readonly source: Source,
    private readonly settings: Settings,
  ) {
    this.server = source.client ? `nats://${source.client.getServer()}` : nameServers(source.connection)
  }

  /** A connection that stands; waits for one that is being made again. */
  async open(): Promise<NatsConnection> {
    const { connection } = this
    if (connection && !connection.isClosed() && !this.isAway) return connection
    const made = connection && !connection.isClosed() ? this.untilBack(connection) : this.connected()
    return await this.inTime(made)
  }

  /** Whether something can be sent right now. */
  get stands(): NatsConnection | undefined {
    return this.isLost ? undefined : this.connection
  }

  /** Whether there was a connection that does not stand now. One that is being made for the first time may come. */
  get isLost(): boolean {
    return this.isAway || this.connection?.isClosed() === true
  }

  /** Rejects when the connection is lost: what was under way would only run into its time limit. */
  during<Result>(work: Promise<Result>): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    this.lost.add(reject)
    work.then(resolve, reject).finally(() => this.lost.delete(reject))
    return promise
  }

  /** Calls whenever a connection was lost and stands again: the server may have forgotten all. The answer ends it. */
  whenBack(listener: () => void): () => void {
    this.backs.add(listener)
    return () => this.backs.delete(listener)
  }

  /** Ends the connection, unless it is the user's. */
  async close(): Promise<void> {
    this.isClosed = true
    clearTimeout(this.again)
    this.loseAll()
    this.stopListening()
    const connection = this.connection ?? (await this.connecting?.catch(() => undefined))
    if (this.source.client === undefined) await connection?.close()
  }

  private async connected(): Promise<NatsConnection> {
    this.connecting ??= this.outside(() => this.connect()).finally(() => {
      this.connecting = undefined
    })
    return await this.connecting
  }

  private async connect(): Promise<NatsConnection> {
    const connection = await this.dial()
    if (this.isClosed) {
      if (this.source.client === undefined) await connection.close()
      throw new WorkflowError('WF_CLOSED', 'the NATS pub/sub has been closed: create another one')
    }
    const isFirst = this.connection === undefined
    this.connection = connection
    this.isAway = false
    void this.listen(connection)
    if (!isFirst) this.tellBack()
    return connection
  }

  private async dial(): Promise<NatsConnection> {
    const { client, connection } = this.source
    if (client === undefined) return await connect({ ...this.defaults(), ...connection })
    if (client.isClosed() || client.isDraining()) throw new Error('the client that was given to it has been closed')
    return client
  }

  private defaults(): NodeConnectionOptions {
    return {
      name: `wf ${this.settings.prefix}`,
      timeout: this.settings.timeoutMs,
      maxReconnectAttempts: -1,
      // What is refused now may be allowed when a password has been changed everywhere.
      ignoreAuthErrorAbort: true,
      reconnectTimeWait: 250,
      reconnectJitter: 250,
      pingInterval: 20_000,
      noAsyncTraces: true,
    }
  }

  private async listen(connection: NatsConnection): Promise<void> {
    const statuses = connection.status()
    this.stopListening = () => stop(statuses)
    for await (const { type } of statuses) {
      if (type === 'disconnect') this.leave()
      if (type === 'reconnect') this.comeBack()
    }
    if (!this.isClosed && connection.isClosed()) this.ended()
  }

  private leave(): void {
    this.isAway = true
    this.settings.logger.warn({}, `the connection to the NATS server ${this.server} is lost`)
    this.loseAll()
  }

  private comeBack(): void {
    this.isAway = false
    this.tellBack()
  }

  /** The driver has given up, or the user has closed the client. */
  private ended(): void {
    this.loseAll()
    if (this.source.client) return
    this.again = setTimeout(() => {
      this.connected().catch(() => this.isClosed || this.ended())
    }, AGAIN_MS)
  }

  private loseAll(): void {
    const error = unavailable(this.server, new Error('the connection is lost'))
    for (const reject of this.lost) reject(error)
    this.lost.clear()
  }

  private tellBack(): void {
    for (const resolve of this.waiting) resolve()
    this.waiting.clear()
    for (const listener of this.backs) listener()
  }

  private untilBack(connection: NatsConnection): Promise<NatsConnection> {
    return new Promise((resolve) => this.waiting.add(() => resolve(connection)))
  }

  private async inTime(work: Promise<NatsConnection>): Promise<NatsConnection> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      const error = new Error('it cannot be reached')
      timer = setTimeout(() => reject(error), this.settings.timeoutMs)
    })
    try {
      return await Promise.race([work, late])
    } catch (error) {
      throw unavailable(this.server, error)
    } finally {
      clearTimeout(timer)
    }
  }
}

function stop(statuses: AsyncIterable<Status>): void {
  if ('stop' in statuses && typeof statuses.stop === 'function') statuses.stop()
}
