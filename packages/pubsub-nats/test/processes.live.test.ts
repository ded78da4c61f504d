import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createNatsPubSub } from '../src/index.js'
import { removeStream } from './remove-stream.js'
import { until } from './until.js'
import { anyPrefix, url } from './url.js'

const flags = ['--conditions=@wf/source', '--experimental-transform-types', '--disable-warning=ExperimentalWarning']
/** Sources import each other by the names that they have once they are built. */
const hooks = join(import.meta.dirname, '../../parity-tests/test/node-runner/register-source.mjs')
const command = (program: string): string[] => [...flags, `--import=${hooks}`, '--input-type=module', '--eval', program]
const logger = { warn: () => undefined }

let client: NatsConnection
beforeAll(async () => {
  client = await connect({ servers: url })
})
afterAll(() => client.close())

function run(program: string, prefix: string): ChildProcess & { readonly lines: () => string } {
  const { NODE_OPTIONS: _, ...env } = process.env
  const child = spawn(process.execPath, command(program), {
    cwd: import.meta.dirname,
    env: { ...env, NATS_URL: url, PREFIX: prefix },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout.on('data', (data) => {
    printed += data
  })
  return Object.assign(child, { lines: () => printed })
}

const open = `
  import { createNatsPubSub } from '@wf/pubsub-nats'
  const pubsub = createNatsPubSub({ url: process.env.NATS_URL, prefix: process.env.PREFIX, ackWaitMs: 500 })
`

const takesForever = `${open}
  await pubsub.subscribe('t', { group: 'g' }, (hints) => {
    console.log(hints.join())
    return new Promise(() => undefined)
  })
  console.log('ready')
`

it('gives the hints of a process that was killed to another one', { timeout: 60_000 }, async () => {
  const prefix = anyPrefix()
  const child = run(takesForever, prefix)
  const pubsub = createNatsPubSub({ url, prefix, logger, ackWaitMs: 500 })
  try {
    await until('the process listens', () => child.lines().includes('ready'))
    await pubsub.publish('t', ['one', 'two'])
    await until('it takes the hints', () => ['one', 'two'].every((hint) => child.lines().includes(hint)))
    const taken: string[] = []
    await pubsub.subscribe('t', { group: 'g' }, async (hints) => void taken.push(...hints))
    child.kill('SIGKILL')
    await until('the other one has them', () => taken.length >= 2)
    expect(taken.toSorted()).toEqual(['one', 'two'])
  } finally {
    child.kill('SIGKILL')
    await pubsub.close()
    await removeStream(client, prefix)
  }
})

/** One subscriber fails, so that its hint waits to come again; one takes forever; one has no room; one promises some. */
const closes = `${open}
  const failed = [Promise.withResolvers(), Promise.withResolvers()]
  for (const [index, options] of [{ group: 'fails' }, {}].entries()) {
    await pubsub.subscribe('t', options, async () => {
      failed[index].resolve()
      throw new Error('not now')
    })
  }
  await pubsub.subscribe('t', { group: 'long' }, () => new Promise(() => undefined))
  await pubsub.subscribe('t', { group: 'full', slots: () => 0 }, async () => undefined)
  await pubsub.subscribe('t', { slots: () => new Promise(() => undefined) }, () => new Promise(() => undefined))
  await pubsub.publish('t', ['a'])
  await Promise.all(failed.map(({ promise }) => promise))
  await pubsub.close()
  console.log(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length)
`

/** While the server is away a connection is tried for again and again. */
const closesAway = `
  import { startNats } from '../../../scripts/services/start-nats.mjs'
  import { createNatsPubSub } from '@wf/pubsub-nats'
  const server = await startNats()
  const pubsub = createNatsPubSub({ url: server.url, timeoutMs: 300, logger: { warn: () => undefined } })
  await pubsub.subscribe('t', { group: 'g' }, async () => undefined)
  await pubsub.subscribe('t', {}, async () => undefined)
  await server.kill()
  await pubsub.publish('t', ['a']).catch(() => undefined)
  await pubsub.close()
  await server.stop()
  console.log('closed')
`

it.for([
  { program: closes, prints: '0\n' },
  { program: closesAway, prints: 'closed\n' },
])('lets the process exit after close, whatever waits', { timeout: 60_000 }, async ({ program, prints }) => {
  const prefix = anyPrefix()
  const { NODE_OPTIONS: _, ...env } = process.env
  const options = { cwd: import.meta.dirname, env: { ...env, NATS_URL: url, PREFIX: prefix }, timeout: 30_000 }
  const { stdout } = await promisify(execFile)(process.execPath, command(program), options)
  await removeStream(client, prefix)
  expect(stdout).toBe(prints)
})
