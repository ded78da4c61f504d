import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite'
import { Standings } from './standings.js'
import { type Bindable, exactly } from './text.js'

export type Row = Readonly<Record<string, SQLOutputValue>>

/** One open file. Statements are prepared once and kept; text is bound so that it comes back exactly. */
export interface Connection {
  get(sql: string, ...values: Bindable[]): Row | undefined
  all(sql: string, ...values: Bindable[]): Row[]
  run(sql: string, ...values: Bindable[]): void
  /** For what may stand outside of transactions, and for several statements at once. */
  exec(sql: string): void
  close(): void
  /** Where journals stand, as far as it is known without asking. */
  readonly standings: Standings
}

export function createConnection(path: string): Connection {
  const database = new DatabaseSync(path)
  const statements = new Map<string, StatementSync>()

  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const statement = database.prepare(sql)
    statements.set(sql, statement)
    return statement
  }

  return {
    get: (sql, ...values) => prepared(sql).get(...exactly(values)),
    all: (sql, ...values) => prepared(sql).all(...exactly(values)),
    run(sql, ...values) {
      prepared(sql).run(...exactly(values))
    },
    exec: (sql) => database.exec(sql),
    close() {
      statements.clear()
      database.close()
    },
    standings: new Standings(),
  }
}
