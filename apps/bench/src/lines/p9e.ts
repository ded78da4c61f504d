import { createMemoryStorage } from '@wf/storage-memory'
import type { Claim, Figures, Line } from '../measure/line.ts'
import type { Scale } from '../measure/scale.ts'
import { type EventedSetting, openEvented } from '../ours/evented-host.ts'
import { pausing } from '../ours/measured-workflows.ts'
import { suspendAndResume } from '../ours/suspend-and-resume.ts'
import { peer } from '../peers.ts'

const DISPATCHES = ['local-first', 'always-publish'] as const

type Name = EventedSetting['dispatch']

async function ours(scale: Scale, dispatch: Name): Promise<Figures> {
  const workflow = pausing()
  const storage = createMemoryStorage()
  const { client, close } = openEvented(workflow, { storage, dispatch })
  const figures = await suspendAndResume(workflow, client, scale)
  await close()
  return figures
}

const resume = (of: Name): Claim => ({
  says: `suspended → success, ${of}`,
  unit: 'ms',
  value: { of, figure: 'resume' },
  target: { atMost: 0.03 },
})

const against = (over: Name): Claim => ({
  says: `Mastra evented ÷ ${over}, resume`,
  unit: '×',
  value: { of: 'Mastra evented', figure: 'resume' },
  over: { of: over, figure: 'resume' },
})

const suspend = (of: Name): Claim => ({
  says: `start → suspended, ${of}`,
  unit: 'ms',
  value: { of, figure: 'suspend' },
})

export const line: Line = {
  id: 'P9E',
  title: 'evented engine, memory, from resume to the end, one step later',
  contestants: [
    ...DISPATCHES.map((name) => ({ name, measure: (scale: Scale) => ours(scale, name) })),
    peer('Mastra evented', { driver: 'mastra', does: 'resume', given: { store: 'memory', engine: 'evented' } }),
  ],
  claims: [...DISPATCHES.map(resume), ...DISPATCHES.map(against), ...DISPATCHES.map(suspend)],
}
