import type { Redis } from 'ioredis'
import { isCluster } from './client.js'
import type { Connection } from './connection.js'

/** What a server says of itself. What it does not let this user read is not known. */
export interface ServerFacts {
  readonly clustered: boolean
  readonly evicts: string | undefined
  readonly appendOnly: boolean | undefined
  readonly fsync: string | undefined
}

/** Of all primaries that answer. */
export async function readServerFacts({ client, within }: Connection): Promise<readonly ServerFacts[]> {
  const nodes = isCluster(client) ? client.nodes('master') : [client]
  const answers = await within(() => Promise.allSettled(nodes.map(factsOf)))
  const known = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  const failed = answers.find((answer) => answer.status === 'rejected')
  if (known.length === 0 && failed !== undefined) await within(() => Promise.reject(failed.reason))
  return known
}

async function factsOf(node: Redis): Promise<ServerFacts> {
  const [info, fsync] = await Promise.all([infoOf(node), setting(node, 'appendfsync')])
  const field = (name: string): string | undefined => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1]
  const policy = field('maxmemory_policy')
  const evicts = policy?.startsWith('allkeys') && field('maxmemory') !== '0' ? policy : undefined
  const append = field('aof_enabled')
  return {
    clustered: field('cluster_enabled') === '1',
    evicts,
    appendOnly: append === undefined ? undefined : append === '1',
    fsync,
  }
}

/** A user that may not ask is none the worse for it. */
async function infoOf(node: Redis): Promise<string> {
  return node
    .info()
    .catch(orNothing)
    .then((text) => text ?? '')
}

async function setting(node: Redis, name: string): Promise<string | undefined> {
  const answer: unknown = await node.config('GET', name).catch(orNothing)
  if (Array.isArray(answer)) return typeof answer[1] === 'string' ? answer[1] : undefined
  // Later protocols answer with a map.
  const found = typeof answer === 'object' && answer !== null ? Object.entries(answer)[0]?.[1] : undefined
  return typeof found === 'string' ? found : undefined
}

/** Services name commands that they do not have in many ways; what is not a reply at all is a connection that was lost. */
function orNothing(error: Error): undefined {
  if (error.name !== 'ReplyError') throw error
}
