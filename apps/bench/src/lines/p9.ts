import type { Storage } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import type { Claim, Figures, Line } from '../measure/line.ts'
import { medianOf, msOf } from '../measure/repeat.ts'
import type { Scale } from '../measure/scale.ts'
import { pausing } from '../ours/measured-workflows.ts'
import { suspendAndResume } from '../ours/suspend-and-resume.ts'
import { peer } from '../peers.ts'

async function ours(scale: Scale, storage?: Storage): Promise<Figures> {
  const workflow = pausing()
  const engine = createDefaultEngine({ workflows: [workflow], ...(storage && { storage }) })
  const figures = await suspendAndResume(workflow, engine, scale)
  await engine.close()
  return figures
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
    { name: 'ours', measure: (scale) => ours(scale, createMemoryStorage()) },
    { name: 'ours without storage', measure: (scale) => ours(scale) },
    { name: 'a promise', measure: plainPromise },
    peer('Mastra', { driver: 'mastra', does: 'resume', given: { store: 'memory' } }),
  ],
  limits: [{ says: 'a promise', unit: 'ms', value: { of: 'a promise', figure: 'resume' } }],
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
