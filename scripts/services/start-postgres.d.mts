import type { PrivateServer } from './private-server.d.mts'

export interface PostgresRestart {
  /** `fast` (unless told) ends sessions and writes everything; `immediate` leaves it to recovery. */
  readonly mode?: 'fast' | 'immediate'
}

/** `settings` as in `postgresql.conf`. `kill('SIGTERM')` lets sessions end by themselves and does not wait for them. */
export declare function startPostgres(options?: {
  readonly settings?: Readonly<Record<string, string | number | boolean>>
}): Promise<PrivateServer<PostgresRestart>>
