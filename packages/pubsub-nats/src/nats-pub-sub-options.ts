import type { NatsConnection, NodeConnectionOptions } from '@nats-io/transport-node'
import { consoleLogger, invalidField, type Logger } from '@wf/core'

export type NatsPubSubOptions = NatsPubSubSettings &
  (
    | { readonly url: string; readonly connection?: undefined; readonly client?: undefined }
    | { readonly url?: undefined; readonly connection: NodeConnectionOptions; readonly client?: undefined }
    | { readonly url?: undefined; readonly connection?: undefined; readonly client: NatsConnection }
  )

export interface NatsPubSubSettings {
  /** All that is shared on the server begins with it: letters, digits, `-` and `_`. Default: `wf`. */
  readonly prefix?: string
  /** Where the server keeps what waits for groups. Default: `memory`, because the storage knows what a lost hint said. */
  readonly storage?: 'memory' | 'file'
  /** On how many servers of a cluster. Default: 1. */
  readonly replicas?: number
  /** How many hints may wait in all; then the oldest are lost. Default: 100,000. */
  readonly maxHints?: number
  /** How many bytes may wait in all; then the oldest are lost. The server sets them aside. Default: 64 MiB. */
  readonly maxBytes?: number
  /** How long a hint may wait; then it is lost. Default: ten minutes. */
  readonly maxAgeMs?: number
  /** After this long without a sign of life of whoever takes a hint, it goes to another one. Default: 10,000 ms. */
  readonly ackWaitMs?: number
  /** How long the server remembers a group without members. Default: five minutes. */
  readonly forgetMs?: number
  /** How long a call waits for the server before it rejects. Default: 5,000 ms. */
  readonly timeoutMs?: number
  /** The JetStream domain, where the server has several. */
  readonly domain?: string
  /** Told of hints that are given up, and of a server that is away. Default: `console`. */
  readonly logger?: Pick<Logger, 'warn'>
}

export interface Settings extends Required<Omit<NatsPubSubSettings, 'domain'>> {
  readonly domain: string | undefined
}

const numbers = {
  replicas: 1,
  maxHints: 100_000,
  maxBytes: 64 * 1_024 * 1_024,
  maxAgeMs: 600_000,
  ackWaitMs: 10_000,
  forgetMs: 300_000,
  timeoutMs: 5_000,
} as const

/** The least that makes sense, where that is not 1. */
const least: Partial<Record<keyof typeof numbers, number>> = { maxAgeMs: 1_000, ackWaitMs: 100, forgetMs: 1_000 }

export function readSettings(options: NatsPubSubOptions): Settings {
  checkSource(options)
  const { prefix = 'wf', storage = 'memory', domain, logger = consoleLogger } = options
  if (typeof prefix !== 'string' || !/^[\w-]{1,100}$/.test(prefix))
    throw invalidField('prefix', 'must be 1 to 100 letters, digits, - and _')
  if (storage !== 'memory' && storage !== 'file') throw invalidField('storage', 'must be "memory" or "file"')
  if (domain !== undefined && (typeof domain !== 'string' || !/^[\w-]+$/.test(domain)))
    throw invalidField('domain', 'must be letters, digits, - and _')
  const read = (name: keyof typeof numbers): number => wholeNumber(name, options[name] ?? numbers[name])
  return {
    prefix,
    storage,
    domain,
    logger,
    replicas: read('replicas'),
    maxHints: read('maxHints'),
    maxBytes: read('maxBytes'),
    maxAgeMs: read('maxAgeMs'),
    ackWaitMs: read('ackWaitMs'),
    forgetMs: read('forgetMs'),
    timeoutMs: read('timeoutMs'),
  }
}

function checkSource(options: NatsPubSubOptions): void {
  if (typeof options !== 'object' || options === null) throw invalidField('options', 'must be an object')
  const given = [options.url, options.connection, options.client].filter((source) => source !== undefined)
  if (given.length !== 1) throw invalidField('url', 'or connection or client must be given, exactly one of them')
  if (options.url !== undefined && typeof options.url !== 'string') throw invalidField('url', 'must be a string')
  const source: unknown = options.connection ?? options.client
  if (options.url === undefined && (typeof source !== 'object' || source === null)) {
    throw invalidField(options.client === undefined ? 'connection' : 'client', 'must be an object')
  }
}

function wholeNumber(name: keyof typeof numbers, value: number): number {
  const from = least[name] ?? 1
  if (!Number.isSafeInteger(value) || value < from) throw invalidField(name, `must be a whole number from ${from}`)
  return value
}
