import type { PrivateServer } from './private-server.d.mts'

export interface NatsRestart {
  /** Without its streams. */
  readonly empty?: boolean
}

/** With JetStream; `args` as on the command line. */
export declare function startNats(options?: { readonly args?: readonly string[] }): Promise<PrivateServer<NatsRestart>>
