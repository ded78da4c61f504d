import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { connect } from '@nats-io/transport-node'
import { isWorkflowError } from '@wf/core'
import { afterEach, describe, expect, it } from 'vitest'
import { startNats } from '../../../scripts/services/start-nats.mjs'
import { createNatsPubSub, type NatsPubSubOptions } from '../src/index.js'
import { until } from './until.js'

const timeoutMs = 1_000
const cleanups: (() => Promise<void>)[] = []
const warnings: unknown[] = []
const logger = { warn: (...warning: unknown[]) => void warnings.push(warning) }

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

function open(options: NatsPubSubOptions) {
  const pubsub = createNatsPubSub({ timeoutMs, logger, ...options })
  cleanups.push(() => pubsub.close())
  return pubsub
}

async function start(config?: string) {
  const file = join(tmpdir(), `wf-nats-${process.pid}-${performance.now()}.conf`)
  if (config) await writeFile(file, config)
  const server = await startNats(config ? { args: ['--config', file] } : {})
  cleanups.push(() => server.stop())
  return server
}

const at = (port: number, user = '') => `nats://${user}127.0.0.1:${port}`

async function refusal(work: Promise<unknown>): Promise<Error> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!isWorkflowError(error, 'WF_PUBSUB_UNAVAILABLE')) throw new Error(`not as it should be: ${inspect(error)}`)
  return error
}

/** All that anybody could print of it. */
const printed = (value: unknown): string => inspect(value, { depth: 9, showHidden: true })

describe('a server that is away', () => {
  it('is told in time, by name and without secrets, and used once it is there', { timeout: 60_000 }, async () => {
    const server = await start()
    await server.kill()
    for (const user of ['someone:s3cret@', 's3cret@', '']) {
      const pubsub = open({ url: at(server.port, user) })
      const begun = performance.now()
      const errors = [
        await refusal(pubsub.publish('t', ['a'])),
        await refusal(pubsub.subscribe('t', {}, async () => {})),
      ]
      errors.push(await refusal(pubsub.subscribe('t', { group: 'g' }, async () => {})))
      expect(performance.now() - begun).toBeLessThan(4 * timeoutMs)
      for (const error of errors) {
        expect(error.message).toContain(at(server.port))
        expect(printed(error)).not.toContain('s3cret')
      }
      const health = await pubsub.health()
      expect(health).toMatchObject({ ok: false, server: at(server.port) })
      expect(printed([health, warnings])).not.toContain('s3cret')
    }
    const pubsub = open({ url: at(server.port) })
    await refusal(pubsub.publish('t', ['a']))
    await server.restart()
    await pubsub.publish('t', ['a'])
    expect(await pubsub.health()).toMatchObject({ ok: true, server: at(server.port), roundTripMs: expect.any(Number) })
  })

  it('is told in time where something else listens, which says nothing', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    cleanups.push(async () => void silent.close())
    const address = silent.address()
    const port = typeof address === 'object' && address ? address.port : 0
    await refusal(open({ url: at(port) }).publish('t', ['a']))
  })

  it('keeps the order of a close while the connection is lost', { timeout: 60_000 }, async () => {
    const server = await start()
    const pubsub = open({ url: server.url })
    await pubsub.subscribe('t', { group: 'g' }, async () => undefined)
    await pubsub.subscribe('t', {}, async () => undefined)
    await server.kill()
    await refusal(pubsub.publish('t', ['a']))
    const begun = performance.now()
    await pubsub.close()
    expect(performance.now() - begun).toBeLessThan(2 * timeoutMs)
  })

  it('is told when the client of a user has been closed', async () => {
    const server = await start()
    const client = await connect({ servers: server.url })
    const pubsub = open({ client })
    await pubsub.publish('t', ['a'])
    await client.close()
    await refusal(pubsub.publish('t', ['a']))
    await refusal(pubsub.subscribe('t', { group: 'g' }, async () => undefined))
  })
})

const accounts = `
accounts {
  JS: { jetstream: enabled, users: [ { user: js, password: "s3cret" } ] }
  PLAIN: { users: [ { user: plain, password: "s3cret" } ] }
}`

/** What the README says that an account needs. */
const permissions = `
authorization {
  users: [ {
    user: wf, password: "s3cret p%ss"
    permissions: {
      publish: [
        "wf.hints.*"
        "$JS.API.STREAM.INFO.wf-hints"
        "$JS.API.STREAM.CREATE.wf-hints"
        "$JS.API.CONSUMER.CREATE.wf-hints.>"
        "$JS.API.CONSUMER.MSG.NEXT.wf-hints.*"
        "$JS.ACK.wf-hints.>"
      ]
      subscribe: [ "wf.hints.*", "only.here.>" ]
    }
  } ]
}`

describe('a server with users', () => {
  it('is used with the password of the URL, or with that of the connection', { timeout: 60_000 }, async () => {
    const { port } = await start(accounts)
    await open({ url: at(port, 'js:s3cret@') }).publish('t', ['a'])
    await open({ connection: { servers: `127.0.0.1:${port}`, user: 'js', pass: 's3cret' } }).publish('t', ['a'])
    for (const user of ['js:wr0ng@', 'wr0ng@', '']) {
      const error = await refusal(open({ url: at(port, user) }).publish('t', ['a']))
      expect(printed(error)).not.toContain('wr0ng')
    }
  })

  it('says what to do where JetStream is not enabled', { timeout: 60_000 }, async () => {
    const { port } = await start(accounts)
    const error = await refusal(open({ url: at(port, 'plain:s3cret@') }).publish('t', ['a']))
    expect(error.message).toMatch(/JetStream is not enabled.*start nats-server with -js/)
  })

  it('needs no more permissions than are documented', { timeout: 60_000 }, async () => {
    const { port } = await start(permissions)
    expect(await open({ url: at(port, `wf:${encodeURIComponent('s3cret p%ss')}@`) }).health()).toMatchObject({
      ok: false,
    })
    const servers = `127.0.0.1:${port}`
    const pubsub = open({ connection: { servers, user: 'wf', pass: 's3cret p%ss', inboxPrefix: 'only.here' } })
    const taken: string[] = []
    const fails = new Set(['fails'])
    const take = async (hints: readonly string[]): Promise<void> => {
      taken.push(...hints)
      for (const hint of hints) if (fails.delete(hint)) throw new Error('not now')
    }
    await pubsub.subscribe('t', { group: 'g' }, take)
    await pubsub.subscribe('t', {}, take)
    await pubsub.publish('t', ['a', 'b'])
    await until('both arrived twice', () => taken.length === 4)
    await pubsub.publish('t', ['fails'])
    await until('what failed came again', () => taken.length === 7)
  })
})
