import { createDefaultEngine } from '@wf/engine-default'
import type { Claim, Figures, Line } from '../measure/line.ts'
import { mediansOf, type Play } from '../measure/repeat.ts'
import type { Scale } from '../measure/scale.ts'
import { type EventedSetting, openEvented } from '../ours/evented-host.ts'
import { pausing } from '../ours/measured-workflows.ts'
import { inPlace, type Place } from '../ours/place.ts'
import { postgresPlace } from '../ours/postgres-place.ts'
import { redisPlace } from '../ours/redis-place.ts'
import { restingPlays } from '../ours/suspend-and-resume.ts'
import { peer } from '../peers.ts'
import { inserts, openPostgresRows } from '../raw/postgres-rows.ts'

const onDefault = (scale: Scale, place: Place): Promise<Figures> =>
  inPlace(place, async ({ openStorage }) => {
    const workflow = pausing()
    const engine = createDefaultEngine({ workflows: [workflow], storage: openStorage() })
    const figures = await besideInserts(restingPlays(workflow, engine), scale)
    await engine.close()
    return figures
  })

const onEvented = (scale: Scale, dispatch: EventedSetting['dispatch']): Promise<Figures> =>
  inPlace(postgresPlace(), async ({ openStorage, openHub }) => {
    const workflow = pausing()
    const { client, close } = openEvented(workflow, { storage: openStorage(), dispatch, openHub })
    const figures = await besideInserts(restingPlays(workflow, client), scale)
    await close()
    return figures
  })

/** In turns with plain inserts, one at a time. */
async function besideInserts(plays: Readonly<Record<string, Play>>, scale: Scale): Promise<Figures> {
  const rows = await openPostgresRows()
  const figures = await mediansOf({ ...plays, insert: inserts(rows, 1).play }, scale)
  await rows.remove()
  return figures
}

const resume = (of: string): Claim => ({
  says: `suspended → success, ${of}`,
  unit: 'ms',
  value: { of, figure: 'resume' },
})

const withinTarget = (of: string): Claim => ({ ...resume(of), target: { atMost: 1 } })

const overInsert = (of: string): Claim => ({
  says: `resume, ${of} ÷ a plain insert`,
  unit: '×',
  value: { of, figure: 'resume' },
  over: { of, figure: 'insert' },
})

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
    { name: 'ours on Redis', measure: (scale) => onDefault(scale, redisPlace()) },
    peer('Mastra', { driver: 'mastra', does: 'resume', given: { store: 'postgres' } }),
    peer('Mastra evented', { driver: 'mastra', does: 'resume', given: { store: 'postgres', engine: 'evented' } }),
    peer('DBOS', { driver: 'dbos', does: 'resume' }),
  ],
  limits: [{ says: 'a plain insert', unit: 'ms', value: { of: 'ours', figure: 'insert' } }],
  claims: [
    ...['ours', ...EVENTED].map(withinTarget),
    ...['ours', ...EVENTED].map(overInsert),
    against('Mastra', 'ours'),
    against('DBOS', 'ours'),
    ...EVENTED.map((name) => against('Mastra evented', name)),
    { says: 'start → suspended, ours', unit: 'ms', value: { of: 'ours', figure: 'suspend' } },
    resume('ours on Redis'),
  ],
}
