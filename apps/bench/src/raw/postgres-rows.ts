import pg from 'pg'
import type { Bundle } from '../measure/chain-figures.ts'
import { msOf } from '../measure/repeat.ts'
import { freshName, urlOf } from '../ours/place.ts'

export interface PostgresRows {
  /** One row, one commit. */
  insert(data: string): Promise<void>
  /** As many rows with one commit. */
  insertMany(data: readonly string[]): Promise<void>
  /** All that was inserted, in order. */
  read(): Promise<readonly string[]>
  remove(): Promise<void>
}

/** One connection to the plainest table that could hold what a step leaves behind: a key and some text. */
export async function openPostgresRows(): Promise<PostgresRows> {
  const schema = freshName()
  const client = new pg.Client({ connectionString: urlOf('DATABASE_URL') })
  await client.connect()
  await client.query(`create schema "${schema}"`)
  const rows = `"${schema}".rows`
  await client.query(
    `create table ${rows} (id bigint generated always as identity primary key, run text, status text, data text)`,
  )
  return {
    async insert(data) {
      const text = `insert into ${rows} (run, status, data) values ($1, $2, $3)`
      await client.query({ name: 'insert', text, values: ['run', 'running', data] })
    },
    async insertMany(data) {
      const text = `insert into ${rows} (run, status, data) select 'run', 'running', unnest($1::text[])`
      await client.query({ name: 'insert-many', text, values: [data] })
    },
    async read() {
      const { rows: found } = await client.query<{ data: string }>(`select data from ${rows} order by id`)
      return found.map(({ data }) => data)
    },
    async remove() {
      await client.query(`drop schema "${schema}" cascade`)
      await client.end()
    },
  }
}

/** As much text as a step leaves behind. */
const DATA = 'x'.repeat(200)

export const inserts = (rows: PostgresRows, count: number, data = DATA): Bundle => ({
  count,
  play: () =>
    msOf(async () => {
      for (let index = 0; index < count; index += 1) await rows.insert(data)
    }),
})
