import type { Connections } from './connections.js'
import type { Script } from './scripts/script.js'
import { serverAway, within } from './server-away.js'

export interface Call {
  readonly script: Script
  readonly keys: readonly string[]
  readonly given: readonly (string | number)[]
}

/** What is asked of the server over the connection that writes; every failure is `WF_PUBSUB_UNAVAILABLE`, in bounded time. */
export class Server {
  constructor(
    readonly connections: Connections,
    private readonly timeoutMs: number,
  ) {}

  /** `what` completes an error, such as "hints were not published". */
  async run(call: Call, what: string): Promise<unknown> {
    return this.bounded(this.evaluate(call), what)
  }

  async ping(): Promise<void> {
    await this.bounded(this.connections.writer.ping(), 'no ping was answered')
  }

  /** Several commands in one go. */
  async send(commands: readonly (readonly [string, ...(string | number)[]])[], what: string): Promise<void> {
    const pipeline = this.connections.writer.pipeline()
    for (const [name, ...given] of commands) pipeline.call(name, ...given)
    const replies = await this.bounded(pipeline.exec(), what)
    const failed = replies?.find(([error]) => error !== null)?.[0]
    if (failed) throw serverAway(this.connections.server, what, failed)
  }

  async bounded<Reply>(work: Promise<Reply>, what: string): Promise<Reply> {
    const { server, writer, isOurs } = this.connections
    try {
      return await within(this.timeoutMs, work)
    } catch (error) {
      // A connection of which the other end has gone says nothing: it is made anew.
      if (isOurs && writer.status === 'ready' && isLate(error)) writer.disconnect(true)
      throw serverAway(server, what, error)
    }
  }

  private async evaluate({ script, keys, given }: Call): Promise<unknown> {
    const { writer } = this.connections
    try {
      return await writer.evalsha(script.hash, keys.length, ...keys, ...given)
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
      return await writer.eval(script.text, keys.length, ...keys, ...given)
    }
  }
}

const isLate = (error: unknown): boolean => error instanceof Error && error.message.startsWith('no answer within')
