import type { PrivateServer } from './private-server.d.mts'

export interface RedisRestart {
  /** Without what it had kept on disk. */
  readonly empty?: boolean
}

/** `args` as on the command line. Nothing is kept on disk without `--appendonly yes` or `--save`. */
export declare function startRedis(options?: {
  readonly args?: readonly string[]
}): Promise<PrivateServer<RedisRestart>>
