import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createStep, createWorkflow, type Engine } from '@wf/core'
import { createEventedEngine } from '@wf/engine-evented'
import { z } from 'zod'
import { type Ground, openPubSub, openStorage } from './ground.ts'
import { isSiteName, sites } from './site.ts'

// How long it takes from a cancel in one process until the body in another one hears of it. This file is both of them.
// On one machine their clocks are the same.

type Heard = { readonly of: 'ready' } | { readonly of: 'begun' | 'aborted'; readonly run: string; readonly at: number }

const execArgv = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']

const tell = (heard: Heard): void => void process.send?.(heard)

/** It does nothing but wait to be canceled. */
const wait = createStep({
  id: 'wait',
  inputSchema: z.undefined(),
  outputSchema: z.null(),
  execute: async ({ runId: run, abortSignal }) => {
    await new Promise<void>((resolve) => {
      abortSignal.addEventListener('abort', () => {
        tell({ of: 'aborted', run, at: Date.now() })
        resolve()
      })
      tell({ of: 'begun', run, at: Date.now() })
    })
    return null
  },
})
const waiting = createWorkflow({ id: 'waiting', inputSchema: z.undefined(), outputSchema: z.null() })
  .then(wait)
  .commit()

interface Open {
  readonly engine: Engine
  close(): Promise<void>
}

function engineOn(ground: Ground, work: boolean): Open {
  const [storage, pubsub] = [openStorage(ground), openPubSub(ground)]
  const engine = createEventedEngine({ workflows: [waiting], storage, pubsub, work })
  return {
    engine,
    async close() {
      await engine.close()
      await Promise.all([storage.close(), pubsub.close()])
    },
  }
}

function worker(): void {
  process.once('message', (ground: Ground) => {
    engineOn(ground, true)
    tell({ of: 'ready' })
  })
  process.once('disconnect', () => process.exit(0))
}

/** The other process, as what it tells. */
function spawnWorker(ground: Ground) {
  const child = fork(import.meta.filename, [], { execArgv })
  const asked = new Map<string, (at: number) => void>()
  const ready = Promise.withResolvers<void>()
  child.on('message', (heard: Heard) => {
    if (heard.of === 'ready') ready.resolve()
    else asked.get(`${heard.of} ${heard.run}`)?.(heard.at)
  })
  child.once('exit', (code, signal) => ready.reject(new Error(`the worker ended with ${code ?? signal}`)))
  child.send(ground)
  return {
    ready: ready.promise,
    heard: (of: 'begun' | 'aborted', run: string) =>
      new Promise<number>((resolve) => asked.set(`${of} ${run}`, resolve)),
    end: () => child.kill('SIGKILL'),
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      on: { type: 'string', default: 'postgres+redis' },
      alone: { type: 'string', default: '300' },
      together: { type: 'string', default: '50' },
    },
  })
  const { on } = values
  if (!isSiteName(on)) throw new Error(`--on is ${Object.keys(sites).join(', ')}`)
  const folder = mkdtempSync(join(tmpdir(), 'wf-cancel-'))
  const site = await sites[on](folder)
  const other = spawnWorker(site.ground)
  const { engine, close } = engineOn(site.ground, false)

  /** A run whose body waits there; canceled, it answers how long that took to be heard. */
  async function begin(): Promise<() => Promise<number>> {
    const run = await engine.createRun(waiting)
    const begun = other.heard('begun', run.runId)
    const aborted = other.heard('aborted', run.runId)
    await run.startAsync()
    await begun
    return async () => {
      const calledAt = Date.now()
      await run.cancel()
      return (await aborted) - calledAt
    }
  }

  try {
    await other.ready
    const alone: number[] = []
    for (let left = Number(values.alone); left > 0; left -= 1) alone.push(await (await begin())())
    const cancels = await Promise.all(Array.from({ length: Number(values.together) }, begin))
    const together = await Promise.all(cancels.map((cancel) => cancel()))
    console.log(JSON.stringify({ on, alone: delaysOf(alone), together: delaysOf(together) }))
  } finally {
    await close()
    other.end()
    await site.end()
    rmSync(folder, { recursive: true })
  }
}

/** Milliseconds. */
function delaysOf(delays: readonly number[]) {
  const sorted = [...delays].sort((one, other) => one - other)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { count: sorted.length, median: at(0.5), p99: at(0.99), max: at(1) }
}

if (process.send) worker()
else await main()
