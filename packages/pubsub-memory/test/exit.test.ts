import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const run = promisify(execFile)

const flags = ['--conditions=@wf/source', '--experimental-transform-types', '--disable-warning=ExperimentalWarning']
/** Sources import each other by the names that they have once they are built. */
const hooks = join(import.meta.dirname, '../../parity-tests/test/node-runner/register-source.mjs')

/** One subscriber fails, so that its hint waits to come again; one has no room; one promises some that never comes. */
const program = `
  import { createMemoryPubSub } from '@wf/pubsub-memory'
  const pubsub = createMemoryPubSub()
  const failed = Promise.withResolvers()
  await pubsub.subscribe('t', { group: 'fails' }, async () => {
    failed.resolve()
    throw new Error('not now')
  })
  await pubsub.subscribe('t', { group: 'full', slots: () => 0 }, async () => undefined)
  await pubsub.subscribe('t', { slots: () => new Promise(() => undefined) }, () => new Promise(() => undefined))
  await pubsub.publish('t', ['a'])
  await failed.promise
  await new Promise((resolve) => setImmediate(resolve))
  await pubsub.close()
  console.log(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length)
`

it('lets the process exit after close, whatever waits', { timeout: 60_000 }, async () => {
  const { NODE_OPTIONS: _, ...env } = process.env
  const command = [...flags, `--import=${hooks}`, '--input-type=module', '--eval', program]
  const { stdout } = await run(process.execPath, command, { cwd: import.meta.dirname, env })
  expect(stdout).toBe('0\n')
})
