import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createSqliteStorage } from '@wf/storage-sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEventedEngine } from '../src/index.js'
import { step, workflow } from './given.js'
import type { Order } from './processes/order.js'
import { type Spawned, spawnWorker } from './processes/spawn-worker.js'

/** A lease that nobody lives to see the end of: what goes on all the same was given back. */
const NEVER_MS = 3_600_000

/** The same graph as that of the children; nothing of it is run here. */
const flow = workflow('flow').then(step('hold')).then(step('after')).commit()

function createSite() {
  const folder = mkdtempSync(join(tmpdir(), 'wf-evented-'))
  const path = join(folder, 'journals.db')
  const storage = createSqliteStorage({ path, synchronous: 'normal' })
  const children: Spawned[] = []
  onTestFinished(async () => {
    for (const child of children) child.process.kill('SIGKILL')
    await Promise.all(children.map(({ ended }) => ended))
    await storage.close()
    rmSync(folder, { recursive: true })
  })
  return {
    storage,
    open: (name: string) => writeFileSync(join(folder, `${name}.gate`), ''),
    spawn(name: string, order: Partial<Order> = {}): Spawned {
      const child = spawnWorker({ name, path, gate: join(folder, `${name}.gate`), leaseMs: NEVER_MS, ...order })
      children.push(child)
      return child
    },
    /** Recorded by an engine that has closed before anything of it began. */
    async begin(namespace = 'n0', leaseMs = NEVER_MS) {
      const engine = createDefaultEngine({ workflows: [flow], storage, namespace, leaseMs })
      const run = await engine.createRun(flow)
      await run.startAsync({ startAfterMs: 1 })
      await engine.close()
      return run.runId
    },
    /** Waits for what others make of it. */
    async watched(runId: string) {
      const given = { pubsub: createMemoryPubSub(), namespace: 'n0', leaseMs: 200, work: false, drain: false } as const
      const engine = createEventedEngine({ workflows: [flow], storage, ...given })
      const result = await (await engine.run(flow, runId))?.result()
      await engine.close()
      return result
    },
    async result(runId: string, namespace = 'n0') {
      const engine = createDefaultEngine({ workflows: [flow], storage, namespace })
      const state = await engine.runs.get(runId, { fields: ['status', 'steps'] })
      await engine.close()
      return state
    },
  }
}

describe('a process', () => {
  it('exits by itself once all was closed', async () => {
    const site = createSite()
    const child = site.spawn('one', { closes: true, engines: 3 })
    expect(await child.ended).toBe(0)
    expect(child.said).toEqual(['listeners 1', 'closed 0'])
  })

  it('lets the body in flight end upon SIGTERM, records it, and gives the rest to another one at once', async () => {
    const site = createSite()
    const runId = await site.begin()
    const first = site.spawn('first')
    await first.says('begun')
    first.process.kill('SIGTERM')
    site.open('first')
    expect(await first.ended).toBe('SIGTERM')
    expect(first.said).not.toContain('aborted draining')
    const state = await site.result(runId)
    expect(state?.steps?.hold).toMatchObject({ status: 'success', output: 'first' })
    if (state?.status !== 'success') await site.spawn('second').says('after')
    expect((await site.result(runId))?.steps?.hold).toMatchObject({ output: 'first' })
  })

  it('ends as the first process of a container, too, which no signal ends by itself', async () => {
    const site = createSite()
    const runId = await site.begin()
    const child = site.spawn('first', { isFirst: true })
    await child.says('begun')
    child.process.kill('SIGTERM')
    site.open('first')
    expect(await child.ended).toBe(143)
    expect((await site.result(runId))?.steps?.hold).toMatchObject({ status: 'success', output: 'first' })
  })

  it('goes on with the drain when the signal comes again', async () => {
    const site = createSite()
    const runId = await site.begin()
    const child = site.spawn('one')
    await child.says('begun')
    for (let count = 0; count < 3; count += 1) {
      child.process.kill('SIGTERM')
      // Several that come at one moment are one.
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    site.open('one')
    expect(await child.ended).toBe('SIGTERM')
    expect((await site.result(runId))?.steps?.hold).toMatchObject({ status: 'success', output: 'one' })
  })

  it('aborts what takes longer and gives it back: another one begins it, though the lease has an hour to go', async () => {
    const site = createSite()
    const runId = await site.begin()
    const first = site.spawn('first', { drain: { withinMs: 50 } })
    await first.says('begun')
    const second = site.spawn('second')
    await second.says('ready')
    first.process.kill('SIGTERM')
    expect(await first.ended).toBe('SIGTERM')
    expect(first.said.at(-1)).toBe('aborted draining')
    await second.says('begun')
    site.open('second')
    await second.says('after')
    expect((await site.result(runId))?.steps?.hold).toMatchObject({ output: 'second' })
  })

  it('leaves signals alone with `drain: false`', async () => {
    const site = createSite()
    await site.begin()
    const child = site.spawn('one', { drain: false })
    await child.says('begun')
    child.process.kill('SIGTERM')
    expect(await child.ended).toBe('SIGTERM')
    expect(child.said).toEqual(['listeners 0', 'ready', 'begun'])
  })

  it('drains upon the signals that it was told of', async () => {
    const site = createSite()
    await site.begin()
    const child = site.spawn('one', { drain: { on: ['SIGUSR2'], withinMs: 0 } })
    await child.says('begun')
    child.process.kill('SIGUSR2')
    expect(await child.ended).toBe('SIGUSR2')
    expect(child.said).toEqual(['listeners 0', 'ready', 'begun', 'aborted draining'])
  })

  it('has one listener for several engines, which all drain', async () => {
    const site = createSite()
    const runIds = await Promise.all([site.begin('n0'), site.begin('n1'), site.begin('n2')])
    const child = site.spawn('one', { engines: 3 })
    await child.says('begun', 3)
    child.process.kill('SIGTERM')
    site.open('one')
    expect(await child.ended).toBe('SIGTERM')
    expect(child.said[0]).toBe('listeners 1')
    for (const [at, runId] of runIds.entries())
      expect((await site.result(runId, `n${at}`))?.steps?.hold).toMatchObject({ output: 'one' })
  })

  it('goes on after the drain where somebody else listens to the signal, who then decides when it ends', async () => {
    const site = createSite()
    await site.begin()
    const child = site.spawn('one', { listens: true, drain: { withinMs: 0 } })
    await child.says('begun')
    child.process.kill('SIGTERM')
    await child.says('heard')
    await child.says('aborted draining')
    child.process.kill('SIGTERM')
    await child.says('heard', 2)
    expect(child.process.exitCode).toBe(null)
    // A body that does not listen is all that is left to do.
    site.open('one')
    expect(await child.ended).toBe(0)
  })

  it('is found out when a body of a step kills it each time', async () => {
    const site = createSite()
    const runId = await site.begin('n0', 200)
    const watched = site.watched(runId)
    let lives = 0
    let isOver = false
    void watched.then(() => {
      isOver = true
    })
    // The first loss makes a suspect, which then runs alone.
    for (; !isOver && lives < 10; lives += 1) {
      const child = site.spawn(`life-${lives}`, { dies: true, leaseMs: 200 })
      await Promise.race([child.ended, watched])
    }
    const result = await watched
    expect(result).toMatchObject({ status: 'failed', error: { code: 'WF_WORKER_LOST' } })
    // One loss that convicts nobody, one that makes a suspect, four of which it is the only one; the seventh says so.
    expect(lives).toBe(7)
  })
}, 60_000)
