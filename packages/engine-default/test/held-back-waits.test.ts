import { createStep, createWorkflow } from '@wf/core'
import { createVirtualClock } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

const anything = { inputSchema: z.unknown(), outputSchema: z.unknown() }

describe('a run that is held back while it waits beside a body', () => {
  const setUp = () => {
    const clock = createVirtualClock()
    const storage = createMemoryStorage({ clock })
    const passed = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve))
    const long = createStep({ id: 'long', ...anything, execute: () => passed(60) })
    const flaky = createStep({
      id: 'flaky',
      ...anything,
      retries: 1,
      execute({ retryCount }) {
        if (retryCount === 0) throw new Error('the first attempt')
        return 'the second attempt'
      },
    })
    const config = { ...anything, retryConfig: { attempts: 1, delay: 20 } }
    return { clock, storage, long, flaky, config }
  }

  it.each(['retries', 'sleeps', 'limits'] as const)('is to others what it is here: %s', async (waits) => {
    const { clock, storage, long, flaky, config } = setUp()
    const inner = createWorkflow({ id: 'inner', ...anything, timeoutMs: 20 })
      .sleep(1_000)
      .commit()
    const flow = {
      retries: () => createWorkflow({ id: 'w', ...config }).parallel([long, flaky]),
      sleeps: () =>
        createWorkflow({ id: 'w', ...config }).parallel({ long, sleeps: (chain) => chain.sleep(20).then(flaky) }),
      limits: () => createWorkflow({ id: 'w', ...config }).parallel([long, inner], { allowFailure: true }),
    }
      [waits]()
      .commit()
    const engine = createDefaultEngine({ workflows: [flow], storage, clock, durability: 'exit' })
    const run = await engine.createRun(flow)
    const started = run.start({})
    for (let ms = 0; ms < 200; ms += 10) await clock.advance(10)
    const here = await started
    expect(here.status).toBe('success')
    const other = createDefaultEngine({ workflows: [flow], storage, clock })
    const there = await other.runs.get(run.runId, { fields: ['steps', 'result'], withNestedWorkflows: false })
    expect(there?.result).toEqual(here.status === 'success' && here.result)
    const statusesOf = (steps: object = {}) =>
      Object.fromEntries(Object.entries(steps).map(([id, record]) => [id, record?.status]))
    expect(statusesOf(there?.steps)).toEqual(statusesOf(here.steps))
    const history = (await engine.runs.history(run.runId)) ?? []
    expect(history.filter(({ hasEffect }) => !hasEffect).map(({ type }) => type)).toEqual([])
    await Promise.all([engine.close(), other.close()])
  })
})
