import type { Storage } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import type { Claim, Figures, Line } from '../measure/line.ts'
import { medianOf, mediansOf, msOf } from '../measure/repeat.ts'
import type { Scale } from '../measure/scale.ts'
import { pausing } from '../ours/measured-workflows.ts'
import { succeeded } from '../ours/player.ts'
import { peer } from '../peers.ts'

/** From the call of `resume` to the end of the run, one step later. */
async function suspendAndResume(scale: Scale, storage: Storage | undefined): Promise<Figures> {
  const workflow = pausing()
  const engine = createDefaultEngine({ workflows: [workflow], ...(storage && { storage }) })
  const suspended = async () => {
    const run = await engine.createRun(workflow)
    succeeded(await run.start({ inputData: { v: 0 } }), 'suspended')
    return run
  }
  const ms = await mediansOf(
    {
      async resume() {
        const run = await suspended()
        const taken = await msOf(async () => succeeded(await run.resume({ step: 'pause', resumeData: { v: 1 } })))
        await engine.runs.delete({ runId: run.runId })
        return taken
      },
      async suspend() {
        const begun = performance.now()
        const run = await suspended()
        const taken = performance.now() - begun
        await run.cancel()
        await engine.runs.delete({ runId: run.runId })
        return taken
      },
    },
    scale,
  )
  await engine.close()
  await storage?.close()
  return ms
}

/** A promise that waits in a map, and one more step. */
async function plainPromise(scale: Scale): Promise<Figures> {
  const waiting = new Map<number, (data: { v: number }) => void>()
  const step = async ({ v }: { v: number }) => ({ v: v + 1 })
  const body = async () => step(await new Promise<{ v: number }>((resolve) => waiting.set(0, resolve)))
  const resume = await medianOf(() => {
    const running = body()
    return msOf(() => {
      waiting.get(0)?.({ v: 1 })
      return running
    })
  }, scale)
  return { resume }
}

const inMemory = { of: 'ours', figure: 'resume' }

const ratio = (of: string, over: string): Claim => ({
  says: `${of} ÷ ${over}, resume`,
  unit: '×',
  value: { of, figure: 'resume' },
  over: { of: over, figure: 'resume' },
})

export const line: Line = {
  id: 'P9',
  title: 'default engine, from resume to the end, one step later',
  contestants: [
    { name: 'ours', measure: (scale) => suspendAndResume(scale, createMemoryStorage()) },
    { name: 'ours without storage', measure: (scale) => suspendAndResume(scale, undefined) },
    { name: 'a promise', measure: plainPromise },
    peer('Mastra', { driver: 'mastra', does: 'resume', given: { store: 'memory' } }),
  ],
  claims: [
    { says: 'suspended → success, in memory', unit: 'ms', value: inMemory, target: { atMost: 0.03 } },
    ratio('Mastra', 'ours'),
    ratio('ours', 'a promise'),
    { says: 'start → suspended, in memory', unit: 'ms', value: { of: 'ours', figure: 'suspend' } },
    {
      says: 'suspended → success, without a storage',
      unit: 'ms',
      value: { of: 'ours without storage', figure: 'resume' },
    },
  ],
}
