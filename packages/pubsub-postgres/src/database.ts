import { createHash } from 'node:crypto'
import { Socket } from 'node:net'
import { type Health, isWorkflowError } from '@wf/core'
import {
  Client,
  type ClientBase,
  Pool,
  type PoolClient,
  type PoolConfig,
  type QueryConfig,
  type QueryResultRow,
} from 'pg'
import { within } from './pauses.js'
import type { PostgresPubSubOptions } from './postgres-options.js'
import { closedError, reasonOf, sqlState, unavailable } from './unavailable.js'

/** Publishes, exchanges and the rest are each one call at a time. */
const CONNECTIONS = 4

export interface DatabaseParts {
  readonly options: PostgresPubSubOptions
  /** Names the server in messages. */
  readonly name: string
  readonly timeoutMs: number
}

/** A connection for listening, and how to be rid of it. */
export interface Line {
  readonly client: ClientBase
  drop(): void
}

interface Question extends QueryConfig<unknown[]> {
  readonly query_timeout: number
}

/** The connections of one pub/sub. Every call ends in bounded time, though the other side is silent. */
export class Database {
  private readonly pool: Pool
  private readonly isOurs: boolean
  private readonly sockets = new Set<Socket>()
  private isClosed = false
  /** Statements are parsed once for each connection, until a pooler turns out to change connections. */
  private isPrepared = true
  private readonly ignore = (): void => undefined

  constructor(private readonly parts: DatabaseParts) {
    const { pool } = parts.options
    this.isOurs = pool === undefined
    this.pool = pool ?? new Pool({ max: CONNECTIONS, ...this.config() })
    // An idle connection that is lost would otherwise end the process.
    listenTo(this.pool)
  }

  get name(): string {
    return this.parts.name
  }

  /** Rejects with `WF_PUBSUB_UNAVAILABLE`, whatever failed. */
  async ask<Row extends QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const { isPrepared } = this
    try {
      return await this.on(async (client) => (await client.query<Row>(this.questionOf(text, values))).rows)
    } catch (error) {
      if (!isPrepared || !isOfPooler(error)) throw error
      this.isPrepared = false
      return this.ask(text, values)
    }
  }

  /** As it is asked here; for connections that are not lent. */
  questionOf(text: string, values: unknown[]): QueryConfig<unknown[]> {
    const question: Question = { text, values, query_timeout: this.parts.timeoutMs }
    return this.isPrepared ? { ...question, name: nameOf(text) } : question
  }

  /** Lends a connection; one on which something failed is thrown away. */
  async on<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    if (this.isClosed) throw closedError()
    try {
      const client = await this.borrow()
      let failure: unknown
      try {
        return await work(client)
      } catch (error) {
        failure = error
        throw error
      } finally {
        client.release(failure !== undefined)
        if (failure === undefined) client.off('error', this.ignore)
      }
    } catch (error) {
      throw unavailable(this.name, error)
    }
  }

  /** A connection that stays. Never one of the pool of a user: several pub/subs on one would have it all, and starve. */
  async line(): Promise<Line> {
    if (this.isClosed) throw closedError()
    try {
      const { pool, listenUrl } = this.parts.options
      const place = listenUrl === undefined ? optionsOf(pool) : { connectionString: listenUrl }
      const client = new Client(this.config(place))
      client.on('error', this.ignore)
      await client.connect()
      return { client, drop: once(() => void client.end().catch(this.ignore)) }
    } catch (error) {
      throw unavailable(this.name, error)
    }
  }

  async health(): Promise<Health> {
    const begun = performance.now()
    try {
      await this.ask('select 1')
      return { ok: true, server: this.name, roundTripMs: performance.now() - begun }
    } catch (error) {
      return { ok: false, server: this.name, because: reasonOf(error) }
    }
  }

  /** What is under way has a moment to end; after that no socket keeps the process. */
  async close(): Promise<void> {
    this.isClosed = true
    if (this.isOurs) await within(1_000, this.pool.end())
    else listenNoMore(this.pool)
    for (const socket of this.sockets) socket.destroy()
  }

  private async borrow(): Promise<PoolClient> {
    const { timeoutMs } = this.parts
    const coming = this.connected()
    let isLate = false
    coming.then((client) => isLate && client.release(), this.ignore)
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(() => {
      isLate = true
      late.reject(new Error(`no connection within ${timeoutMs} ms`))
    }, timeoutMs)
    try {
      return await Promise.race([coming, late.promise])
    } finally {
      clearTimeout(timer)
    }
  }

  /**
   * A pool hears of its idle connections only: one that is lost while it is lent would end the process, also when the word
   * of its end comes in one piece with that of its beginning. So nothing is awaited in between.
   */
  private connected(): Promise<PoolClient> {
    return new Promise((resolve, reject) => {
      this.pool.connect((error, client) => {
        client?.on('error', this.ignore)
        if (client === undefined) reject(error)
        else resolve(client)
      })
    })
  }

  private config(place: PoolConfig = {}): PoolConfig {
    const { options, timeoutMs } = this.parts
    const { url, connection } = options
    return {
      application_name: 'wf',
      connectionTimeoutMillis: timeoutMs,
      keepAlive: true,
      stream: () => this.socket(),
      ...(url !== undefined && { connectionString: url }),
      ...connection,
      ...place,
    }
  }

  /** Known to us, because the end of a connection whose other side is silent takes minutes. */
  private socket(): Socket {
    const socket = new Socket()
    this.sockets.add(socket)
    socket.once('close', () => this.sockets.delete(socket))
    return socket
  }
}

/** As the pool makes its own. It hides the password from whoever lists its options. */
function optionsOf(pool: Pool | undefined): PoolConfig {
  if (pool === undefined) return {}
  const { options } = pool
  return { ...options, ...(options.password !== undefined && { password: options.password }) }
}

const names = new Map<string, string>()

/** Statements of one text have one name, also those of another pub/sub on the pool of a user. */
function nameOf(text: string): string {
  const name = names.get(text) ?? `wf_${createHash('sha256').update(text).digest('base64url')}`
  names.set(text, name)
  return name
}

/** A prepared statement was not there, or was there from somebody else: nothing has been done. */
function isOfPooler(error: unknown): boolean {
  const state = isWorkflowError(error) ? sqlState(error.cause) : undefined
  return state === '26000' || state === '42P05'
}

function once(act: () => void): () => void {
  let isDone = false
  return () => {
    if (!isDone) act()
    isDone = true
  }
}

/** How many pub/subs are on a pool. They share one listener: more would be warned of as a leak. */
const usersOf = new WeakMap<Pool, number>()
const ignore = (): void => undefined

function listenTo(pool: Pool): void {
  const users = usersOf.get(pool) ?? 0
  if (users === 0) pool.on('error', ignore)
  usersOf.set(pool, users + 1)
}

function listenNoMore(pool: Pool): void {
  const users = (usersOf.get(pool) ?? 1) - 1
  usersOf.set(pool, users)
  if (users === 0) pool.off('error', ignore)
}
