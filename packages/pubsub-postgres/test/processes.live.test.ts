import { execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { administrator, open, schemaFor, taker, until } from './given.js'

const run = promisify(execFile)
/** Sources import each other by the names that they have once they are built. */
const hooks = join(import.meta.dirname, '../../parity-tests/test/node-runner/register-source.mjs')
const flags = [
  '--conditions=@wf/source',
  '--experimental-transform-types',
  '--disable-warning=ExperimentalWarning',
  `--import=${hooks}`,
]

const commandOf = (program: string): string[] => [...flags, '--input-type=module', '--eval', program]

const { NODE_OPTIONS: _, ...env } = process.env

const begin = (schema: string): string => `
  import { createPostgresPubSub } from '@wf/pubsub-postgres'
  const pubsub = createPostgresPubSub({ url: process.env.DATABASE_URL, schema: ${JSON.stringify(schema)}, leaseMs: 1500 })
`

it('lets the process exit after close, whatever waits', { timeout: 60_000 }, async () => {
  const schema = schemaFor(administrator())
  const program = `${begin(schema)}
    const failed = Promise.withResolvers()
    await pubsub.subscribe('t', { group: 'fails' }, async () => {
      failed.resolve()
      throw new Error('not now')
    })
    await pubsub.subscribe('t', { group: 'full', slots: () => 0 }, async () => undefined)
    await pubsub.subscribe('t', { slots: () => new Promise(() => undefined) }, () => new Promise(() => undefined))
    await pubsub.subscribe('t', { group: 'long' }, () => new Promise(() => undefined))
    await pubsub.publish('t', ['a'])
    await failed.promise
    await pubsub.close()
    process.once('exit', () => console.log('over'))
  `
  const { stdout } = await run(process.execPath, commandOf(program), { cwd: import.meta.dirname, env, timeout: 30_000 })
  expect(stdout).toBe('over\n')
})

it('brings the hints of a process that was killed to others', { timeout: 60_000 }, async () => {
  const schema = schemaFor(administrator())
  const program = `${begin(schema)}
    await pubsub.subscribe('t', { group: 'g' }, (hints) => {
      console.log('taking ' + hints.length)
      return new Promise(() => undefined)
    })
    console.log('ready')
  `
  const child = spawn(process.execPath, commandOf(program), { cwd: import.meta.dirname, env })
  const said: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => said.push(line))
  try {
    await until('the process is ready', () => said.includes('ready'), 30_000)
    const pubsub = open({ schema, pollMs: 200 })
    await pubsub.publish('t', ['a', 'b'])
    await until('it takes them', () => said.includes('taking 2'))
    child.kill('SIGKILL')
    const { hints } = await taker(pubsub)
    const ms = await until('another process has them', () => hints.length === 2, 5_000)
    expect(hints.sort()).toEqual(['a', 'b'])
    expect(ms).toBeLessThan(4_000)
  } finally {
    child.kill('SIGKILL')
  }
})
