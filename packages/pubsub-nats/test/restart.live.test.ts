import { setTimeout as sleep } from 'node:timers/promises'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { isWorkflowError } from '@wf/core'
import { afterEach, expect, it } from 'vitest'
import { startNats } from '../../../scripts/services/start-nats.mjs'
import { createNatsPubSub, type NatsPubSub } from '../src/index.js'
import { removeStream } from './remove-stream.js'
import { until } from './until.js'

const timeoutMs = 1_000
const logger = { warn: () => undefined }
const cleanups: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function start() {
  const server = await startNats()
  cleanups.push(() => server.stop())
  const open = (): NatsPubSub => {
    const pubsub = createNatsPubSub({ url: server.url, timeoutMs, logger })
    cleanups.push(() => pubsub.close())
    return pubsub
  }
  return { server, open }
}

async function heard(pubsub: NatsPubSub, group?: string): Promise<Set<string>> {
  const hints = new Set<string>()
  const take = async (given: readonly string[]): Promise<void> => {
    for (const hint of given) hints.add(hint)
  }
  await pubsub.subscribe('t', group === undefined ? {} : { group }, take)
  return hints
}

it('goes on by itself when the server is killed in full traffic and comes back empty', {
  timeout: 60_000,
}, async () => {
  const { server, open } = await start()
  const [publisher, worker, watcher] = [open(), open(), open()]
  const [taken, seen] = [await heard(worker, 'g'), await heard(watcher)]
  let sent = 0
  let isOver = false
  const refused: unknown[] = []
  let longestMs = 0
  const traffic = async (): Promise<void> => {
    while (!isOver) {
      const begun = performance.now()
      sent += 1
      await publisher.publish('t', [`${sent}`]).catch((error: unknown) => refused.push(error))
      longestMs = Math.max(longestMs, performance.now() - begun)
      await sleep(2)
    }
  }
  const flows = traffic()
  await until('hints flow', () => taken.size > 50 && seen.size > 50)
  await server.kill()
  await until('a call is refused', () => refused.length > 0)
  await server.restart({ empty: true })
  const before = sent
  const fresh = (hints: Set<string>) => [...hints].filter((hint) => Number(hint) > before).length > 50
  await until('hints flow again', () => fresh(taken) && fresh(seen))
  isOver = true
  await flows
  expect(refused.every((error) => isWorkflowError(error, 'WF_PUBSUB_UNAVAILABLE'))).toBe(true)
  // It waits for the connection, and then for the answer.
  expect(longestMs).toBeLessThan(4 * timeoutMs)
})

it('brings what waited when the server comes back with what it had', { timeout: 60_000 }, async () => {
  const { server } = await start()
  const pubsub = createNatsPubSub({ url: server.url, timeoutMs, logger, storage: 'file' })
  cleanups.push(() => pubsub.close())
  const gate = Promise.withResolvers<number>()
  const taken: string[] = []
  await pubsub.subscribe('t', { group: 'g', slots: () => gate.promise }, async (hints) => void taken.push(...hints))
  await pubsub.publish('t', ['a', 'b'])
  await server.restart()
  gate.resolve(10)
  await until('both were taken', () => taken.length >= 2)
  expect(taken.toSorted()).toEqual(['a', 'b'])
})

it('lets a group whose members are full wait for what an emptied server gets', { timeout: 60_000 }, async () => {
  const { server, open } = await start()
  const worker = open()
  const gate = Promise.withResolvers<number>()
  const taken = new Set<string>()
  const take = async (hints: readonly string[]): Promise<void> => {
    for (const hint of hints) taken.add(hint)
  }
  await worker.subscribe('t', { group: 'g', slots: () => gate.promise }, take)
  await server.restart({ empty: true })
  const client = await connect({ servers: server.url })
  const { consumers } = await jetstreamManager(client)
  const groups = () => consumers.list('wf-hints').next()
  await until('the group is known again', async () => (await groups().catch(() => [])).length === 1)
  await client.close()
  await open().publish('t', ['a'])
  gate.resolve(10)
  await until('it is taken', () => taken.has('a'))
})

it('makes its stream again when somebody has removed it, whoever listens', { timeout: 60_000 }, async () => {
  const { server, open } = await start()
  const [publisher, worker, watcher] = [open(), open(), open()]
  const [taken, seen] = [await heard(worker, 'g'), await heard(watcher)]
  const client = await connect({ servers: server.url })
  await removeStream(client, 'wf')
  await client.close()
  await publisher.publish('t', ['a'])
  await until('it is seen', () => seen.has('a'))
  await until('hints flow to the group again', async () => {
    await publisher.publish('t', ['b'])
    return taken.has('b')
  })
})
