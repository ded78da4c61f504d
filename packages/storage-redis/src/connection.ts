import { WorkflowError } from '@wf/core'
import { type Client, isCluster, type Reached } from './client.js'
import { isNoScript, noConnection, redisFailure, tooLate } from './redis-failure.js'
import type { Script } from './scripts/script.js'
import type { Argument } from './text.js'
import { whenReady } from './when-ready.js'

/** All keys of a command lie in one partition, and so in one slot. */
export interface Command {
  readonly partition: number
  readonly name: string
  readonly args: readonly Argument[]
}

export interface ScriptCall {
  readonly partition: number
  readonly keys: readonly Argument[]
  readonly args: readonly Argument[]
}

/** One of both; replies are buffers, numbers, null, and lists of them. */
export type Outcome = readonly [error: Error | null, reply?: unknown]

/** The way to the server. Every call ends in bounded time, with one of the errors that callers see. */
export interface Connection extends Reached {
  /** Sends all of them at once. The outcomes come in the order of the commands. */
  send(commands: readonly Command[]): Promise<readonly Outcome[]>
  run(script: Script, calls: readonly ScriptCall[]): Promise<readonly Outcome[]>
  /** `work` on the client, in the same bounded time. */
  within<Answer>(work: () => Promise<Answer>): Promise<Answer>
  close(): void
}

export interface ConnectionOptions {
  readonly timeoutMs: number
  readonly offsetMs: () => number
}

export function createConnection(reached: Reached, { timeoutMs, offsetMs }: ConnectionOptions): Connection {
  const { client, server, own } = reached
  let waiting: Promise<void> | undefined

  const ready = (): Promise<void> => {
    waiting ??= whenReady(client, timeoutMs).finally(() => {
      waiting = undefined
    })
    return waiting
  }

  /** A connection over which nothing comes any more is given up, so that the next call gets another one. */
  const late = (): WorkflowError => {
    if (own && !isCluster(client)) client.disconnect(true)
    return tooLate(server, timeoutMs)
  }

  const within = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    if (client.status !== 'ready' || isParting(client)) {
      await ready().catch((error: unknown) => {
        throw noConnection(server, error)
      })
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(late()), timeoutMs)
      const failed = (error: unknown): void => {
        clearTimeout(timer)
        reject(redisFailure(error, server))
      }
      work().then((answer) => {
        clearTimeout(timer)
        resolve(answer)
      }, failed)
    })
  }

  /** A pipeline of one costs more than the command. Clients that make pipelines by themselves lose the name of such commands. */
  const alone = ({ name, args }: Command): Promise<readonly Outcome[]> =>
    client.callBuffer(name, ...args).then(
      (reply: unknown): Outcome[] => [[null, reply]],
      (error: Error): Outcome[] => [[error]],
    )

  const pipelined = async (commands: readonly Command[]): Promise<readonly Outcome[]> => {
    const pipeline = client.pipeline()
    for (const { name, args } of commands) pipeline.callBuffer(name, ...args)
    return (await pipeline.exec()) ?? []
  }

  /** The commands of a pipeline go to one node of a cluster. */
  const apart = async (commands: readonly Command[]): Promise<readonly Outcome[]> => {
    const outcomes: Outcome[] = new Array(commands.length)
    const groups = Map.groupBy(commands.keys(), (index) => commands[index]?.partition ?? 0)
    const sent = [...groups.values()].map(async (indexes) => {
      const group = indexes.flatMap((index) => commands[index] ?? [])
      const answers = await pipelined(group).catch((error: Error) => group.map((): Outcome => [error]))
      indexes.forEach((index, place) => {
        outcomes[index] = answers[place] ?? [new Error('no answer')]
      })
    })
    await Promise.all(sent)
    return outcomes
  }

  const send = async (commands: readonly Command[]): Promise<readonly Outcome[]> => {
    const [first] = commands
    if (first === undefined) return []
    if (commands.length === 1 && client.options.enableAutoPipelining !== true) return within(() => alone(first))
    return within(() => (isCluster(client) ? apart(commands) : pipelined(commands)))
  }

  const call = (name: string, script: string, { partition, keys, args }: ScriptCall): Command => ({
    partition,
    name,
    args: [script, keys.length, ...keys, Math.trunc(offsetMs()), ...args],
  })

  return {
    ...reached,
    send,
    within,
    async run(script, calls) {
      const outcomes = await send(calls.map((one) => call('evalsha', script.sha, one)))
      if (!outcomes.some(([error]) => isNoScript(error))) return outcomes
      // A script that the server does not know has done nothing; it is sent whole, once, and known from then on.
      const unknown = [...outcomes.keys()].filter((index) => isNoScript(outcomes[index]?.[0] ?? null))
      const whole = unknown.flatMap((index) => calls[index] ?? []).map((one) => call('eval', script.source, one))
      const again = await send(whole)
      return outcomes.map((outcome, index) => again[unknown.indexOf(index)] ?? outcome)
    },
    close() {
      if (own) client.disconnect()
    },
  }
}

/** The connection has ended, and the driver is about to notice: what is sent now gets nowhere. */
function isParting(client: Client): boolean {
  return !isCluster(client) && client.stream?.writable === false
}

/** What the server answered; its errors are thrown. */
export function replyOf(outcome: Outcome | undefined, { server }: Pick<Connection, 'server'>): unknown {
  const [error, reply] = outcome ?? [new Error('no answer')]
  if (error !== null) throw redisFailure(error, server)
  return reply
}

/** A list of replies, as scripts and most commands answer. */
export function listOf(reply: unknown): readonly unknown[] {
  return Array.isArray(reply) ? reply : []
}

/** A reply of bytes, or none. */
export function bytesOf(reply: unknown): Buffer | null {
  return Buffer.isBuffer(reply) ? reply : null
}

export function damaged(journal: string, { server }: Pick<Connection, 'server'>): WorkflowError {
  const text = `${server} holds only a part of ${journal}: keys were evicted, expired or written by others; restore them from a backup`
  return new WorkflowError('WF_STORAGE', text)
}
