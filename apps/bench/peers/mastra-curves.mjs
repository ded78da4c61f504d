// What only curves ask of Mastra.
import pg from 'pg'
import { inFlightFor } from '../src/measure/in-flight.ts'
import { longer, sized } from '../src/measure/scale.ts'
import { chainOf, end, playOn } from './mastra.mjs'
import { build, host } from './mastra-host.mjs'

export { end }

/** Runs/s and percentiles, with more and more runs in flight. */
export async function lanes({ store, engine, atOnce, factor = 1 }, scale) {
  const { createRun } = await host(chainOf(3, await build(engine)), { store, engine })
  const play = playOn(createRun, { v: 0 })
  const figures = {}
  for (const count of atOnce) Object.assign(figures, await inFlightFor(count, longer(scale, factor), play))
  return figures
}

/** What the server writes to its log for a step. */
export async function written({ engine, lengths }, scale) {
  const server = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await server.connect()
  const position = async () => {
    const { rows } = await server.query(`select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as position`)
    return Number(rows[0].position)
  }
  const parts = await build(engine)
  const figures = {}
  for (const length of lengths) {
    const steps = sized(length, scale)
    const { createRun } = await host(chainOf(steps, parts), { store: 'postgres', engine })
    const play = playOn(createRun, { v: 0 })
    await play()
    const before = await position()
    await play()
    figures[`WAL per step ${length}`] = ((await position()) - before) / steps
  }
  await server.end()
  return figures
}

/** What the evented engine publishes for a step. */
export async function published({ store, lengths }, scale) {
  const engine = 'evented'
  const parts = await build(engine)
  const figures = {}
  for (const length of lengths) {
    const steps = sized(length, scale)
    const { createRun, pubsub } = await host(chainOf(steps, parts), { store, engine })
    pubsub.weighs = true
    await playOn(createRun, { v: 0 })()
    figures[`bytes per step ${length}`] = pubsub.bytes / steps
  }
  return figures
}
