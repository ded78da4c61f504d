import type { Figures, Line } from '../measure/line.ts'
import { medianOf, msOf } from '../measure/repeat.ts'
import { type Scale, sized } from '../measure/scale.ts'
import { BYTES, coldResumes, NEVER, OFTEN, resume, STEPS } from '../ours/cold-resumes.ts'
import { inPlace, type Place } from '../ours/place.ts'
import { postgresPlace } from '../ours/postgres-place.ts'
import { redisPlace } from '../ours/redis-place.ts'
import { openPostgresRows } from '../raw/postgres-rows.ts'

const cold = (scale: Scale, place: Place, checkpointBytes: number): Promise<Figures> =>
  inPlace(place, ({ openStorage }) =>
    coldResumes(scale, { first: openStorage(), reopen: openStorage, checkpointBytes }),
  )

/** Reading as many rows of the size of a fact and a value, and parsing each. */
async function rawRead(scale: Scale): Promise<Figures> {
  const rows = await openPostgresRows()
  const data = JSON.stringify({ type: 'step-succeeded', at: 1, value: 'x'.repeat(BYTES) })
  await rows.insertMany(Array.from({ length: sized(STEPS, scale) }, () => data))
  const read = await medianOf(
    () =>
      msOf(async () => {
        for (const row of await rows.read()) JSON.parse(row)
      }),
    scale,
  )
  await rows.remove()
  return { read }
}

export const line: Line = {
  id: 'P12P',
  title: `P12 on Postgres; Redis only informs`,
  servers: ['postgres', 'redis'],
  contestants: [
    { name: 'Postgres', measure: (scale) => cold(scale, postgresPlace(), NEVER) },
    { name: 'Postgres, checkpoint', measure: (scale) => cold(scale, postgresPlace(), OFTEN) },
    { name: 'Redis', measure: (scale) => cold(scale, redisPlace(), NEVER) },
    { name: 'plain read', measure: rawRead },
  ],
  limits: [{ says: 'reading and parsing as many rows', unit: 'ms', value: { of: 'plain read', figure: 'read' } }],
  claims: [
    ...['Postgres', 'Postgres, checkpoint'].flatMap((place) => [resume(place, 'body'), resume(place, 'rest')]),
    {
      says: 'Postgres: resume → the body runs, the first in a process',
      unit: 'ms',
      value: { of: 'Postgres', figure: 'first' },
    },
    {
      says: 'Postgres ÷ reading and parsing as many rows, until the body runs',
      unit: '×',
      value: { of: 'Postgres', figure: 'body' },
      over: { of: 'plain read', figure: 'read' },
    },
    { says: 'Redis: resume → the body runs', unit: 'ms', value: { of: 'Redis', figure: 'body' } },
  ],
}
