import { setTimeout } from 'node:timers/promises'
import type { Connection } from './connection.js'
import { checkSchema } from './migrate.js'
import { MEMORY, type Opening, openConnection } from './open-connection.js'
import { breaksConnection, isBusy, lockedFor, sqliteFailure } from './sqlite-failure.js'
import { type Access, inTransaction } from './transaction.js'

export interface TransactorOptions extends Opening {
  /** For how long other processes may keep the file locked before a call fails. */
  readonly lockTimeoutMs: number
}

/** The way to the file: one transaction for each call, tried again for as long as others have the lock. */
export interface Transactor {
  readonly path: string
  /** Throws what is wrong with the file. That it is locked is not: it is then opened by the first call. */
  open(): void
  /** `work` may be called several times; what all but the last call did is undone. */
  run<Result>(access: Access, work: (connection: Connection) => Result): Promise<Result>
  close(): void
}

const LONGEST_PAUSE_MS = 32

export function createTransactor(options: TransactorOptions): Transactor {
  const { path, lockTimeoutMs } = options
  let connection: Connection | undefined

  const disconnect = (): void => {
    const left = connection
    connection = undefined
    left?.close()
  }

  const connect = (): Connection => {
    connection ??= openConnection(options)
    return connection
  }

  /** Where others have written it may be another schema, and journals stand elsewhere. */
  const noticeOthers = (open: Connection): void => {
    const written = Number(open.get('pragma data_version')?.data_version)
    if (open.standings.areOf(written)) return
    checkSchema(open, options)
    open.standings.begin(written)
  }

  const attempt = <Result>(access: Access, work: (connection: Connection) => Result): Result => {
    const open = connect()
    return inTransaction(open, access, () => {
      noticeOthers(open)
      return work(open)
    })
  }

  /** The next call opens the file anew where this connection may have kept something that is no longer true. */
  const failed = (error: unknown): unknown => {
    if (breaksConnection(error) && path !== MEMORY) disconnect()
    return sqliteFailure(error, path)
  }

  return {
    path,
    open() {
      try {
        connect()
      } catch (error) {
        if (!isBusy(error)) throw failed(error)
      }
    },
    async run(access, work) {
      const giveUpAt = performance.now() + lockTimeoutMs
      for (let pauseMs = 1; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
        try {
          return attempt(access, work)
        } catch (error) {
          if (!isBusy(error)) throw failed(error)
          if (performance.now() >= giveUpAt) throw lockedFor(lockTimeoutMs, path, error)
        }
        // Real time whatever the storage's clock is: it is other processes that are waited for.
        await setTimeout(Math.random() * pauseMs)
      }
    },
    // The last connection to a file moves the log into it; SQLite leaves that to the others as long as there are any.
    close: disconnect,
  }
}
