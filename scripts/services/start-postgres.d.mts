import type { PrivateServer } from './private-server.d.mts'

export interface PostgresRestart {
  /** `fast` (unless told) ends sessions and writes everything; `immediate` leaves it to recovery. */
  readonly mode?: 'fast' | 'immediate'
}

/** `settings` as in `postgresql.conf`. `kill('SIGTERM')` lets sessions end by themselves and does not wait for them. */
export declare function startPostgres(options?: {
  /** 14 to 18; whatever the machine has unless told. One that it does not have is fetched from npm. */
  readonly version?: number
  readonly settings?: Readonly<Record<string, string | number | boolean>>
}): Promise<PrivateServer<PostgresRestart>>
