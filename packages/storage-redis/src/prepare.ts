import { invalidField, type StorageCapabilities, WorkflowError } from '@wf/core'
import { isCluster } from './client.js'
import { bytesOf, type Connection, listOf, replyOf } from './connection.js'
import { createKeySpace, type KeySpace } from './key-space.js'
import { readServerFacts, type ServerFacts } from './server-facts.js'

export interface Claims {
  readonly prefix: string
  /** Absent: what is recorded, or what suits the server. */
  readonly partitions: number | undefined
  readonly survives: StorageCapabilities['survives']
}

/** How journals lie in keys. A later release that changes it takes another number. */
const FORMAT = '1'

/** A single server does one thing after another, so parts of it bring nothing; a cluster spreads them over its nodes. */
const PARTITIONS = { single: 1, cluster: 16 } as const

/** Refuses a server that cannot keep what is promised, and settles where everything lies. */
export async function prepare(connection: Connection, claims: Claims): Promise<KeySpace> {
  const facts = await readServerFacts(connection)
  for (const one of facts) checkFacts(one, connection, claims)
  const { prefix, partitions } = claims
  const { settings } = createKeySpace(prefix, 1)
  const usual = isCluster(connection.client) ? PARTITIONS.cluster : PARTITIONS.single
  const send = (name: string, ...args: string[]) => ({ partition: 0, name, args: [settings, ...args] })
  const outcomes = await connection.send([
    send('hsetnx', 'partitions', String(partitions ?? usual)),
    send('hsetnx', 'format', FORMAT),
    send('hmget', 'partitions', 'format'),
  ])
  for (const outcome of outcomes) replyOf(outcome, connection)
  const [recorded, format] = listOf(replyOf(outcomes[2], connection)).map((value) => bytesOf(value)?.toString('latin1'))
  if (format !== FORMAT) throw otherFormat(connection, prefix, format)
  if (partitions !== undefined && recorded !== String(partitions)) {
    throw invalidField('partitions', `must be ${recorded}, with which the prefix ${JSON.stringify(prefix)} was begun`)
  }
  return createKeySpace(prefix, Number(recorded))
}

function checkFacts(facts: ServerFacts, { client, server }: Connection, { survives }: Claims): void {
  const { clustered, evicts, appendOnly, fsync } = facts
  if (clustered && !isCluster(client)) {
    throw invalidField('client', `must be a \`Cluster\`, because ${server} is part of a cluster`)
  }
  if (evicts !== undefined) {
    const text = `${server} throws keys away when its memory is full (maxmemory-policy ${evicts}), which destroys journals: set it to noeviction`
    throw new WorkflowError('WF_UNSUPPORTED', text)
  }
  if (survives === 'nothing') return
  if (appendOnly === false) throw overclaimed(server, survives, 'it has "appendonly no": set it to "yes"')
  if (survives !== 'machine' || fsync === undefined || fsync === 'always') return
  throw overclaimed(server, survives, `it has "appendfsync ${fsync}": set it to "always"`)
}

function overclaimed(server: string, survives: string, reason: string): WorkflowError {
  return invalidField('survives', `cannot be '${survives}' with ${server}: ${reason}, or promise less`)
}

function otherFormat({ server }: Connection, prefix: string, format: string | undefined): WorkflowError {
  const text = `${server} holds journals of format ${format} under the prefix ${JSON.stringify(prefix)}, and this release knows ${FORMAT}: use the release that wrote them`
  return new WorkflowError('WF_UNSUPPORTED', text)
}
