/** A server for one test, in a folder and on a port of its own. It dies with the process that started it. */
export interface PrivateServer<Restart = unknown> {
  readonly url: string
  readonly port: number
  /** What it prints is in `server.log`, what it keeps in `data`. */
  readonly folder: string
  /** Of the main process; another one after each restart. */
  readonly pid: number
  /** Sends the signal (`SIGKILL` unless told) to the main process. Where that ends it, waits until it can be started again. */
  kill(signal?: NodeJS.Signals): Promise<void>
  /** Ends it if it still runs, starts it again in the same folder on the same port, and waits until it answers. */
  restart(options?: Restart): Promise<void>
  /** Ends it and removes its folder. */
  stop(): Promise<void>
}
