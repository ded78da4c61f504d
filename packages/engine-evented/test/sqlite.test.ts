import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Engine, EngineOptions, Storage } from '@wf/core'
import { type CreateEngine, engineSuite } from '@wf/parity-tests'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createSqliteStorage } from '@wf/storage-sqlite'
import { afterAll, describe, it } from 'vitest'
import { createEventedEngine, type EventedEngineOptions } from '../src/index.js'
import { createLooks } from './looks.js'

const folder = mkdtempSync(join(tmpdir(), 'wf-evented-'))
let files = 0
const nextFile = (): string => {
  files += 1
  return join(folder, `${files}.db`)
}

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Copied for each scenario, which takes half the time of making a file. */
const empty = nextFile()
await createSqliteStorage({ path: empty, synchronous: 'normal' }).close()

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

interface Row {
  readonly workers: 1 | 4
  readonly dispatch: 'local-first' | 'always-publish'
  readonly cold: boolean
}

/** Each two settings of two of these meet in one of the rows. */
const rows: readonly Row[] = [
  { workers: 1, dispatch: 'local-first', cold: false },
  { workers: 1, dispatch: 'always-publish', cold: true },
  { workers: 4, dispatch: 'local-first', cold: true },
  { workers: 4, dispatch: 'always-publish', cold: false },
]

/** As many processes as there are workers, all of which work; runs are begun in the first one. */
const processesOf =
  ({ workers, dispatch, cold }: Row): CreateEngine =>
  ({ storage, clock, ...options }) => {
    if (!storage || !clock) throw new TypeError('this engine needs a storage, and the stage has a clock')
    const bus = createMemoryPubSub({ clock })
    const looks = createLooks(clock)
    const kept: Partial<EngineOptions> = cold ? { cacheRuns: 0, checkpointBytes: 100 } : {}
    const common = { ...options, ...kept, storage, clock, dispatch, work: looks.work, drain: false } as const
    const create = (): Engine =>
      createEventedEngine({ ...common, pubsub: bus.connect(), observe: looks.noticed } satisfies EventedEngineOptions)
    const all = Array.from({ length: workers }, create)
    return looks.over(all)
  }

for (const row of rows) {
  engineSuite({
    name: `evented on sqlite, ${row.workers} at work, ${row.dispatch}${row.cold ? ', always suspending' : ''}`,
    createEngine: processesOf(row),
    createStorage: ({ clock }) => {
      const path = nextFile()
      copyFileSync(empty, path)
      return onFile(createSqliteStorage({ path, clock, synchronous: 'normal' }), path)
    },
  }).register({ describe, it })
}
