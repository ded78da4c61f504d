import { hash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import { isRolledBack, postgresFailure, spoilsConnection } from './postgres-failure.js'
import { sqlFor } from './schema-name.js'

export type Cell = string | number | null | readonly unknown[] | boolean | Buffer
export type Row = readonly (string | number | boolean | null)[]

/** The way to the server: one statement is one round trip and one transaction. */
export interface Server {
  readonly name: string
  readonly schema: string
  /** Its plan is kept by the connection, unless prepared statements are off. */
  query(sql: string, values: readonly Cell[]): Promise<Row[]>
  /** Planned for the very values each time, as suits a statement that is put together. */
  ask(sql: string, values: readonly Cell[]): Promise<Row[]>
  /** Several statements as one transaction. */
  transaction(
    statements: (run: (sql: string, values?: readonly Cell[]) => Promise<Row[]>) => Promise<void>,
  ): Promise<void>
  close(): Promise<void>
}

export interface ServerOptions {
  readonly name: string
  readonly schema: string
  readonly pool: Pool
  /** A pool of the user's own stays open. */
  readonly owned: boolean
  readonly prepare: boolean
}

/** How often what the server has rolled back for the sake of others is tried again. */
const MOST_TRIES = 10
const LONGEST_PAUSE_MS = 20

interface Statement {
  readonly text: string
  readonly name?: string
}

/** Connections that have a listener, of whichever storage: those of one pool share them. */
const heard = new WeakSet<PoolClient>()

export function connectTo({ name, schema, pool, owned, prepare }: ServerOptions): Server {
  const statements = new Map<string, Statement>()

  const statementOf = (sql: string): Statement => {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const text = sqlFor(schema, sql)
    // A connection may be used for several schemas, so the name says all of the text.
    const statement = prepare ? { text, name: `wf_${hash('sha256', text).slice(0, 24)}` } : { text }
    statements.set(sql, statement)
    return statement
  }

  /** A broken connection is also told as an event, at whatever moment; without a listener that would end the process. */
  const connect = (): Promise<PoolClient> =>
    new Promise((resolve, reject) => {
      pool.connect((error, client) => {
        if (client === undefined) return reject(error)
        if (!heard.has(client)) client.on('error', ignore)
        heard.add(client)
        resolve(client)
      })
    })

  const withClient = async <Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> => {
    const client = await connect()
    let spoiled = false
    try {
      return await work(client)
    } catch (error) {
      spoiled = spoilsConnection(error)
      throw error
    } finally {
      client.release(spoiled)
    }
  }

  const run = async (client: PoolClient, statement: Statement, values: readonly Cell[]): Promise<Row[]> => {
    const { rows } = await client.query<Row[]>({ ...statement, values: [...values], rowMode: 'array', types: CELLS })
    return rows as unknown as Row[]
  }

  const repeated = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work()
      } catch (error) {
        if (!isRolledBack(error) || tries === MOST_TRIES) throw postgresFailure(error, name)
      }
      await setTimeout(Math.random() * LONGEST_PAUSE_MS)
    }
  }

  const once = (statement: Statement, values: readonly Cell[]): Promise<Row[]> =>
    repeated(() => withClient((client) => run(client, statement, values)))

  return {
    name,
    schema,
    query: (sql, values) => once(statementOf(sql), values),
    ask: (sql, values) => once({ text: sqlFor(schema, sql) }, values),
    transaction: (statements) =>
      repeated(() =>
        withClient(async (client) => {
          const each = (sql: string, values: readonly Cell[] = []) => run(client, { text: sqlFor(schema, sql) }, values)
          await each('begin')
          try {
            await statements(each)
            await each('commit')
          } catch (error) {
            await each('rollback').catch(ignore)
            throw error
          }
        }),
      ),
    async close() {
      if (owned) await pool.end()
    },
  }
}

const NUMBERS: ReadonlySet<number> = new Set([20, 21, 23, 701])
const BOOLEAN = 16

/** Parsers of our own, because those of the driver may have been changed for all of the process. */
const CELLS = {
  getTypeParser(oid: number): (text: string) => unknown {
    if (NUMBERS.has(oid)) return Number
    if (oid === BOOLEAN) return (text) => text === 't'
    return (text) => text
  },
}

function ignore(): void {}
