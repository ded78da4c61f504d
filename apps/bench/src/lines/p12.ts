import { createMemoryStorage } from '@wf/storage-memory'
import type { Figures, Line } from '../measure/line.ts'
import { medianOf, msOf } from '../measure/repeat.ts'
import { type Scale, sized } from '../measure/scale.ts'
import { BYTES, coldResumes, NEVER, OFTEN, resume, STEPS } from '../ours/cold-resumes.ts'
import { openSqlite } from '../ours/sqlite-file.ts'
import { openRows } from '../raw/sqlite-rows.ts'

async function onSqlite(scale: Scale, checkpointBytes: number): Promise<Figures> {
  const { storage, reopen, remove } = openSqlite('normal')
  const figures = await coldResumes(scale, { first: storage, reopen, checkpointBytes })
  remove()
  return figures
}

/** Reading as many rows of the size of a fact and a value, and parsing each. */
async function rawRead(scale: Scale): Promise<Figures> {
  const { insert, all, database, remove } = openRows('normal')
  const data = JSON.stringify({ type: 'step-succeeded', at: 1, value: 'x'.repeat(BYTES) })
  database.exec('begin')
  for (let index = 0; index < sized(STEPS, scale); index += 1) insert.run('run', 'running', data)
  database.exec('commit')
  const read = await medianOf(
    () =>
      msOf(() => {
        for (const row of all.iterate()) JSON.parse(String(row.data))
      }),
    scale,
  )
  remove()
  return { read }
}

const PLACES = ['SQLite', 'SQLite, checkpoint', 'memory', 'memory, checkpoint'] as const

const inMemory = (checkpointBytes: number) => (scale: Scale) =>
  coldResumes(scale, { first: createMemoryStorage(), checkpointBytes })

export const line: Line = {
  id: 'P12',
  title: `cold resume of a run with ${STEPS} recorded steps of ${BYTES} bytes`,
  contestants: [
    { name: 'SQLite', measure: (scale) => onSqlite(scale, NEVER) },
    { name: 'SQLite, checkpoint', measure: (scale) => onSqlite(scale, OFTEN) },
    { name: 'memory', measure: inMemory(NEVER) },
    { name: 'memory, checkpoint', measure: inMemory(OFTEN) },
    { name: 'plain read', measure: rawRead },
  ],
  limits: [{ says: 'reading and parsing as many rows', unit: 'ms', value: { of: 'plain read', figure: 'read' } }],
  claims: [
    ...PLACES.flatMap((place) => [resume(place, 'body'), resume(place, 'rest')]),
    {
      says: 'SQLite: resume → the body runs, the first in a process',
      unit: 'ms',
      value: { of: 'SQLite', figure: 'first' },
    },
    {
      says: 'SQLite ÷ reading and parsing as many rows, until the body runs',
      unit: '×',
      value: { of: 'SQLite', figure: 'body' },
      over: { of: 'plain read', figure: 'read' },
    },
  ],
}
