import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCodec, createStep, createWorkflow, type Storage } from '@wf/core'
import { engineSuite } from '@wf/parity-tests'
import { createSqliteStorage } from '@wf/storage-sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

const folder = mkdtempSync(join(tmpdir(), 'wf-engine-'))
let files = 0
const nextFile = (): string => {
  files += 1
  return join(folder, `${files}.db`)
}

/** Each scenario has a file of its own, which goes when its storage is closed. */
function onFile(storage: Storage, path: string): Storage {
  return {
    ...storage,
    async close() {
      await storage.close()
      rmSync(path, { force: true })
    },
  }
}

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Copied for each scenario, which takes half the time of making a file. */
const empty = nextFile()
await createSqliteStorage({ path: empty, synchronous: 'normal' }).close()

engineSuite({
  name: 'default on sqlite',
  createEngine: createDefaultEngine,
  createStorage: ({ clock }) => {
    const path = nextFile()
    copyFileSync(empty, path)
    return onFile(createSqliteStorage({ path, clock, synchronous: 'normal' }), path)
  },
}).register({ describe, it })

it('a value of 100 MB crosses a file from one step to the next, and to the next process', {
  timeout: 60_000,
}, async () => {
  const text = z.string()
  const make = createStep({
    id: 'make',
    inputSchema: z.number(),
    outputSchema: text,
    execute: async ({ inputData }) => 'x'.repeat(inputData),
  })
  const ask = createStep({
    id: 'ask',
    inputSchema: text,
    outputSchema: z.number(),
    resumeSchema: z.boolean(),
    execute: async ({ inputData, resumeData, suspend }) => (resumeData ? inputData.length : suspend({})),
  })
  const large = createWorkflow({ id: 'large', inputSchema: z.number(), outputSchema: z.number() })
    .then(make)
    .then(ask)
    .commit()
  const codec = createCodec({ limits: { maxBytes: 200_000_000 } })
  const path = nextFile()
  const size = 100_000_000

  const storage = createSqliteStorage({ path, synchronous: 'normal' })
  const engine = createDefaultEngine({ workflows: [large], storage, codec })
  const run = await engine.createRun(large, { runId: 'large-1' })
  expect((await run.start({ inputData: size })).status).toBe('suspended')
  await engine.close()
  await storage.close()

  const later = createSqliteStorage({ path, synchronous: 'normal' })
  const other = createDefaultEngine({ workflows: [large], storage: later, codec })
  const result = await (await other.run(large, 'large-1'))?.resume({ resumeData: true })
  expect(result).toMatchObject({ status: 'success', result: size })
  await other.close()
  await later.close()
})
