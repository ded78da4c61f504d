import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterAll, afterEach, expect, it } from 'vitest'
import { createRedisPubSub, type RedisPubSub } from '../src/index.js'
import { arrived, named, newPrefix, quiet, redisUrl, removeKeys, taker } from './given.js'

const url = redisUrl()
const prefix = newPrefix()
const client = new Redis(url)
const opened: RedisPubSub[] = []
const children: ChildProcess[] = []

const create = (reclaimMs: number): RedisPubSub => {
  const pubsub = createRedisPubSub({ url, prefix, reclaimMs, logger: quiet })
  opened.push(pubsub)
  return pubsub
}

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const pubsub of opened.splice(0)) await pubsub.close()
  await removeKeys(client, prefix)
})
afterAll(() => client.quit())

const flags = ['--conditions=@wf/source', '--experimental-transform-types', '--disable-warning=ExperimentalWarning']
/** Sources import each other by the names that they have once they are built. */
const hooks = join(import.meta.dirname, '../../parity-tests/test/node-runner/register-source.mjs')

function start(program: string): ChildProcess {
  const { NODE_OPTIONS: _, ...env } = process.env
  const command = [...flags, `--import=${hooks}`, '--input-type=module', '--eval', program]
  const child = spawn(process.execPath, command, {
    cwd: import.meta.dirname,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return child
}

const open = `
  import { createRedisPubSub } from '@wf/pubsub-redis'
  const pubsub = createRedisPubSub({ url: '${url}', prefix: '${prefix}', reclaimMs: 1000 })
`

it('gives what a killed process held to others within the time to reclaim', { timeout: 60_000 }, async () => {
  const child = start(`${open}
    await pubsub.subscribe('t', { group: 'g' }, async (hints) => {
      console.log(hints.length)
      await new Promise(() => undefined)
    })
    console.log('ready')
  `)
  if (!child.stdout) throw new Error('the process has no output')
  await once(child.stdout, 'data')
  const pubsub = create(1_000)
  const hints = named(5)
  const taken = once(child.stdout, 'data')
  await pubsub.publish('t', hints)
  await taken
  const mine = await taker(pubsub)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const begun = performance.now()
  await arrived(hints, [mine])
  expect(performance.now() - begun).toBeLessThan(5_000)
  const consumers = (await client.call('XINFO', 'CONSUMERS', `{${prefix}}/t/g`, 'wf')) as readonly unknown[]
  expect(consumers).toHaveLength(1)
  expect(await client.zcard(`{${prefix}}//alive`)).toBe(1)
})

it('does not give to others what is taken for long', { timeout: 60_000 }, async () => {
  const gate = Promise.withResolvers<void>()
  const slow: string[] = []
  await create(300).subscribe('t', { group: 'g' }, async (hints) => {
    slow.push(...hints)
    await gate.promise
  })
  const publisher = create(300)
  await publisher.publish('t', ['long'])
  await expect.poll(() => slow, { timeout: 5_000 }).toEqual(['long'])
  const other = await taker(create(300))
  // So many beats, each of which would have taken it away.
  const beats = async () =>
    Number(((await client.call('XINFO', 'GROUPS', `{${prefix}}/t/g`)) as never[][])[0]?.[5] ?? 0)
  for (let look = 0; look < 20; look += 1) {
    expect(await beats()).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 75))
  }
  expect(other.hints).toEqual([])
  gate.resolve()
  await expect.poll(() => client.xlen(`{${prefix}}/t/g`), { timeout: 5_000 }).toBe(0)
  expect(slow).toEqual(['long'])
})

it('lets the process exit after close, whatever waits', { timeout: 60_000 }, async () => {
  const child = start(`${open}
    const failed = Promise.withResolvers()
    await pubsub.subscribe('t', { group: 'fails' }, async () => {
      failed.resolve()
      throw new Error('not now')
    })
    await pubsub.subscribe('t', { group: 'full', slots: () => 0 }, async () => undefined)
    await pubsub.subscribe('t', { slots: () => new Promise(() => undefined) }, () => new Promise(() => undefined))
    await pubsub.publish('t', ['a'])
    await failed.promise
    await pubsub.close()
    console.log('closed')
  `)
  if (!child.stdout) throw new Error('the process has no output')
  const exit = once(child, 'exit')
  await once(child.stdout, 'data')
  const closed = performance.now()
  expect((await exit)[0]).toBe(0)
  expect(performance.now() - closed).toBeLessThan(1_500)
})

it('gives up a hint that kills whoever takes it', { timeout: 60_000 }, async () => {
  const stream = `{${prefix}}/t/g`
  const publisher = create(200)
  const last = await taker(publisher)
  await last.end()
  await client.call('XADD', stream, '*', 'h', 'poison', 'n', '3')
  await client.call('XADD', stream, '*', 'h', 'sound')
  for (const dead of ['dead-1', 'dead-2']) {
    // As a process leaves it that has read and is gone. The one that has ended may have had a read under way.
    const held = async () => {
      await client.call('XREADGROUP', 'GROUP', 'wf', dead, 'COUNT', '10', 'STREAMS', stream, '>')
      return ((await client.call('XPENDING', stream, 'wf', '-', '+', '10', dead)) as readonly unknown[]).length
    }
    await expect.poll(held, { timeout: 5_000 }).toBe(2)
    await client.sadd(`{${prefix}}//${dead}/streams`, stream)
    await client.zadd(`{${prefix}}//alive`, 1, dead)
    await expect.poll(() => client.zscore(`{${prefix}}//alive`, dead), { timeout: 5_000 }).toBe(null)
  }
  const left = (await client.xrange(stream, '-', '+')).map(([, fields]) => fields)
  expect(left).toEqual([['h', 'sound', 'n', '2']])
})
