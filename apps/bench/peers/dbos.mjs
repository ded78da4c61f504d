// DBOS Transact on Postgres, through the API that its documentation describes.
import { DBOS } from '@dbos-inc/dbos-sdk'
import { chainFigures } from '../src/measure/chain-figures.ts'
import { inFlight } from '../src/measure/in-flight.ts'
import { payloadOf } from '../src/measure/payload.ts'
import { medianOf, mediansOf, msOf } from '../src/measure/repeat.ts'
import { sized, times } from '../src/measure/scale.ts'
import { freshDatabase } from './fresh-database.mjs'

const ends = []

const chainFlow = DBOS.registerWorkflow(
  async (length) => {
    let state = { v: 0 }
    for (let index = 0; index < length; index += 1) {
      const { v } = state
      state = await DBOS.runStep(async () => ({ v: v + 1 }), { name: `s${index}` })
    }
    return state
  },
  { name: 'chain' },
)

const pausing = DBOS.registerWorkflow(
  async () => {
    await DBOS.runStep(async () => ({ v: 1 }), { name: 'before' })
    const received = await DBOS.recv('resume', 600)
    return DBOS.runStep(async () => received, { name: 'after' })
  },
  { name: 'pausing' },
)

const carrying = DBOS.registerWorkflow(
  async (payload, length) => {
    let state = payload
    for (let index = 0; index < length; index += 1) {
      const given = state
      state = await DBOS.runStep(async () => ({ ...given }), { name: `s${index}` })
    }
    return state
  },
  { name: 'carrying' },
)

async function launch() {
  const { url, drop } = await freshDatabase()
  DBOS.setConfig({ name: 'bench', systemDatabaseUrl: url, logLevel: 'error', runAdminServer: false })
  await DBOS.launch()
  ends.push(() => DBOS.shutdown(), drop)
}

export async function end() {
  for (const one of ends.splice(0)) await one()
}

export async function chain({ lengths }, scale) {
  await launch()
  return chainFigures(lengths, scale, (steps) => () => msOf(() => chainFlow(steps)))
}

export async function throughput({ atOnce, total }, scale) {
  await launch()
  const play = () => chainFlow(3)
  await inFlight({ total: times(total / 4, scale), atOnce }, play)
  const { perSecond } = await inFlight({ total: times(total, scale), atOnce }, play)
  return { [`runs/s ${atOnce}`]: perSecond }
}

/** So long it is given to come to where it waits, which it does not tell. */
const SETTLE_MS = 40

export async function resume(_given, scale) {
  await launch()
  const resumed = await medianOf(async () => {
    const handle = await DBOS.startWorkflow(pausing)()
    await new Promise((settled) => setTimeout(settled, SETTLE_MS))
    return msOf(async () => {
      await DBOS.send(handle.workflowID, { v: 1 }, 'resume')
      await handle.getResult()
    })
  }, scale)
  return { resume: resumed }
}

export async function payload({ sizes, steps }, scale) {
  await launch()
  const plays = {}
  for (const [size, bytes] of Object.entries(sizes)) {
    const given = payloadOf(sized(bytes, scale))
    plays[size] = async () => (await msOf(() => carrying(given, steps))) / steps
  }
  return mediansOf(plays, scale)
}
