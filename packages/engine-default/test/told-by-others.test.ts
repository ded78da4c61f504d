import { createStep, createWorkflow, type Storage } from '@wf/core'
import { createVirtualClock } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

const any = z.any()
const HOUR = 3_600_000
const LEASE_MS = 30_000

it('is found by sweeps when the lease is over, also when the resume had to be made anew behind what let the run sleep', async () => {
  const clock = createVirtualClock()
  const storage = createMemoryStorage({ clock })
  const ended = Promise.withResolvers<never>()
  const ask = createStep({
    id: 'ask',
    inputSchema: any,
    outputSchema: any,
    execute: async ({ resumeData, suspend }) => (resumeData ? new Promise(() => undefined) : suspend()),
  })
  const late = createStep({ id: 'late', inputSchema: any, outputSchema: any, execute: () => ended.promise })
  const options = { id: 'both', inputSchema: any, outputSchema: any }
  const both = createWorkflow({ ...options, retryConfig: { attempts: 1, delay: HOUR } })
    .parallel([ask, late])
    .commit()
  const worker = createDefaultEngine({ workflows: [both], storage, clock, leaseMs: LEASE_MS })
  const run = await worker.createRun(both)
  await run.startAsync()

  const gate = Promise.withResolvers<void>()
  const reached = Promise.withResolvers<void>()
  const commit: Storage['commit'] = async (commits) => {
    reached.resolve()
    await gate.promise
    return storage.commit(commits)
  }
  const other = createDefaultEngine({ workflows: [both], storage: { ...storage, commit }, clock, leaseMs: LEASE_MS })
  const there = await other.run(both, run.runId)
  const resumed = there?.resumeAsync({ step: ask, resumeData: true, perStep: true })
  await reached.promise
  ended.reject(new Error('not now'))
  const wakeAt = async () =>
    (await storage.load([{ journal: { namespace: 'default', kind: 'run', id: run.runId } }]))[0]?.header.wakeAt
  await expect.poll(wakeAt).toBe(clock.now() + HOUR)
  gate.resolve()
  await resumed
  expect(await wakeAt()).toBeLessThanOrEqual(clock.now() + LEASE_MS)
  await Promise.all([worker.close(), other.close()])
})
