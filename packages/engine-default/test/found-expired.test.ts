import { createStep, createWorkflow, type Storage } from '@wf/core'
import { createVirtualClock } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

const anything = { inputSchema: z.unknown(), outputSchema: z.unknown() }

describe('a body whose session is found expired, and whose place nobody has taken', () => {
  const setUp = async (
    goOn: (context: { readonly abort: () => void; readonly write: (chunk: string) => void }) => void,
  ) => {
    const clock = createVirtualClock()
    const kept = createMemoryStorage({ clock })
    let isExpired = false
    const renew: Storage['renew'] = async (beat) => ({
      ...(await kept.renew(beat)),
      ...(isExpired && { alive: false }),
    })
    const reasons: unknown[] = []
    const step = createStep({
      id: 'step',
      ...anything,
      async execute({ abort, abortSignal, writer }) {
        isExpired = true
        await new Promise((resolve) => abortSignal.addEventListener('abort', resolve))
        isExpired = false
        reasons.push(abortSignal.reason)
        goOn({ abort, write: (chunk) => void writer.write(chunk) })
        return 'late'
      },
    })
    const workflow = createWorkflow({ id: 'w', ...anything, options: { chunks: 'durable' } })
      .then(step)
      .commit()
    const storage: Storage = Object.assign(Object.create(kept), { renew })
    const engine = createDefaultEngine({ workflows: [workflow], storage, clock })
    const run = await engine.createRun(workflow)
    const started = run.start({})
    for (let times = 0; times < 20; times += 1) await clock.advance(1_000)
    const result = await started
    const chunks: unknown[] = []
    for await (const event of run.observe())
      if (event.type === 'workflow-step-output') chunks.push(event.payload.output)
    await engine.close()
    expect(reasons).toEqual(['lost'])
    return { result, chunks }
  }

  it('is heard as long as what it comes to counts: in what it writes', async () => {
    const { result, chunks } = await setUp(({ write }) => write('late too'))
    expect(result).toMatchObject({ status: 'success', result: 'late' })
    expect(chunks).toEqual(['late too'])
  })

  it('and when it ends the run', async () => {
    const { result } = await setUp(({ abort }) => abort())
    expect(result.status).toBe('canceled')
  })
})

it('a body that gives up because its session was found expired has not failed: it runs again', async () => {
  const clock = createVirtualClock()
  const kept = createMemoryStorage({ clock })
  let isExpired = false
  const renew: Storage['renew'] = async (beat) => ({ ...(await kept.renew(beat)), ...(isExpired && { alive: false }) })
  const attempts: number[] = []
  const step = createStep({
    id: 'step',
    ...anything,
    async execute({ abortSignal, retryCount }) {
      attempts.push(retryCount)
      if (attempts.length > 1) return 'in the end'
      isExpired = true
      await new Promise((resolve) => abortSignal.addEventListener('abort', resolve))
      isExpired = false
      abortSignal.throwIfAborted()
    },
  })
  const workflow = createWorkflow({ id: 'w', ...anything })
    .then(step)
    .commit()
  const storage: Storage = Object.assign(Object.create(kept), { renew })
  const engine = createDefaultEngine({ workflows: [workflow], storage, clock })
  const started = (await engine.createRun(workflow)).start({})
  for (let times = 0; times < 20; times += 1) await clock.advance(1_000)
  expect(await started).toMatchObject({ status: 'success', result: 'in the end' })
  expect(attempts).toEqual([0, 0])
  await engine.close()
})
