import type { Storage } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import type { Contestant, Figures } from '../measure/line.ts'
import type { Scale } from '../measure/scale.ts'
import { inPlace } from './place.ts'
import { type OpenPlayer, onDefault, onEvented } from './player.ts'
import { postgresPlace } from './postgres-place.ts'
import { redisPlace } from './redis-place.ts'
import { openSqlite } from './sqlite-file.ts'

type Work = (open: OpenPlayer) => Promise<Figures>

async function inMemory(work: Work, openOn: (storage: Storage) => OpenPlayer): Promise<Figures> {
  const storage = createMemoryStorage()
  const figures = await work(openOn(storage))
  await storage.close()
  return figures
}

async function inFile(work: Work): Promise<Figures> {
  const { storage, remove } = openSqlite('normal')
  const figures = await work(onDefault(storage))
  await storage.close()
  remove()
  return figures
}

/** An engine and where it keeps its runs, as curves compare them. Runs of the evented engine meet where they are kept. */
const settings = {
  'default, memory': (work: Work) => inMemory(work, (storage) => onDefault(storage)),
  'local-first, memory': (work: Work) => inMemory(work, (storage) => onEvented({ storage, dispatch: 'local-first' })),
  'always-publish, memory': (work: Work) =>
    inMemory(work, (storage) => onEvented({ storage, dispatch: 'always-publish' })),
  'default, SQLite': inFile,
  'default, Postgres': (work: Work) => inPlace(postgresPlace(), ({ openStorage }) => work(onDefault(openStorage()))),
  'local-first, Postgres': (work: Work) =>
    inPlace(postgresPlace(), ({ openStorage, openHub }) =>
      work(onEvented({ storage: openStorage(), dispatch: 'local-first', openHub })),
    ),
  'default, Redis': (work: Work) => inPlace(redisPlace(), ({ openStorage }) => work(onDefault(openStorage()))),
} as const

export type SettingName = keyof typeof settings

/** What is shown of runs that take a storage each: both engines, where that differs. */
export const ON_EACH_STORAGE: readonly SettingName[] = [
  'default, memory',
  'local-first, memory',
  'default, SQLite',
  'default, Postgres',
  'local-first, Postgres',
  'default, Redis',
]

/** The same work in each of these settings, as contestants that have their names. */
export const inSettings = (
  names: readonly SettingName[],
  work: (scale: Scale, open: OpenPlayer) => Promise<Figures>,
): Contestant[] => names.map((name) => ({ name, measure: (scale) => settings[name]((open) => work(scale, open)) }))
