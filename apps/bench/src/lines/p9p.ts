import { createDefaultEngine } from '@wf/engine-default'
import type { Claim, Figures, Line } from '../measure/line.ts'
import { medianOf } from '../measure/repeat.ts'
import { type Scale, times } from '../measure/scale.ts'
import { type EventedSetting, openEvented } from '../ours/evented-host.ts'
import { pausing } from '../ours/measured-workflows.ts'
import { inPlace, type Place } from '../ours/place.ts'
import { postgresPlace } from '../ours/postgres-place.ts'
import { redisPlace } from '../ours/redis-place.ts'
import { suspendAndResume } from '../ours/suspend-and-resume.ts'
import { peer } from '../peers.ts'
import { insertPlay, openPostgresRows } from '../raw/postgres-rows.ts'

const onDefault = (scale: Scale, place: Place): Promise<Figures> =>
  inPlace(place, async ({ openStorage }) => {
    const workflow = pausing()
    const engine = createDefaultEngine({ workflows: [workflow], storage: openStorage() })
    const figures = await suspendAndResume(workflow, engine, scale)
    await engine.close()
    return figures
  })

const onEvented = (scale: Scale, dispatch: EventedSetting['dispatch']): Promise<Figures> =>
  inPlace(postgresPlace(), async ({ openStorage, openHub }) => {
    const workflow = pausing()
    const { client, close } = openEvented(workflow, { storage: openStorage(), dispatch, openHub })
    const figures = await suspendAndResume(workflow, client, scale)
    await close()
    return figures
  })

async function plainInsert(scale: Scale): Promise<Figures> {
  const rows = await openPostgresRows()
  const insert = await medianOf(insertPlay(rows, { count: times(100, scale) }), scale)
  await rows.remove()
  return { insert }
}

const resume = (of: string): Claim => ({
  says: `suspended → success, ${of}`,
  unit: 'ms',
  value: { of, figure: 'resume' },
})

const withinTarget = (of: string): Claim => ({ ...resume(of), target: { atMost: 1 } })

const against = (of: string, over: string): Claim => ({
  says: `${of} ÷ ${over}, resume`,
  unit: '×',
  value: { of, figure: 'resume' },
  over: { of: over, figure: 'resume' },
})

const EVENTED = ['local-first', 'always-publish'] as const

export const line: Line = {
  id: 'P9P',
  title: 'from resume to the end, one step later, on Postgres; Redis only informs',
  servers: ['postgres', 'redis'],
  contestants: [
    { name: 'ours', measure: (scale) => onDefault(scale, postgresPlace()) },
    ...EVENTED.map((name) => ({ name, measure: (scale: Scale) => onEvented(scale, name) })),
    { name: 'plain insert', measure: plainInsert },
    { name: 'ours on Redis', measure: (scale) => onDefault(scale, redisPlace()) },
    peer('Mastra', { driver: 'mastra', does: 'resume', given: { store: 'postgres' } }),
    peer('Mastra evented', { driver: 'mastra', does: 'resume', given: { store: 'postgres', engine: 'evented' } }),
    peer('DBOS', { driver: 'dbos', does: 'resume' }),
  ],
  claims: [
    ...['ours', ...EVENTED].map(withinTarget),
    {
      says: 'ours ÷ a plain insert, resume',
      unit: '×',
      value: { of: 'ours', figure: 'resume' },
      over: { of: 'plain insert', figure: 'insert' },
    },
    against('Mastra', 'ours'),
    against('DBOS', 'ours'),
    ...EVENTED.map((name) => against('Mastra evented', name)),
    { says: 'start → suspended, ours', unit: 'ms', value: { of: 'ours', figure: 'suspend' } },
    resume('ours on Redis'),
  ],
}
