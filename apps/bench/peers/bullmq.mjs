// BullMQ: a step is one job, which adds the next one. It keeps no record of a run; this is what its queue alone costs.
import { randomUUID } from 'node:crypto'
import { Queue, Worker } from 'bullmq'
import { chainFigures } from '../src/measure/chain-figures.ts'
import { inFlight } from '../src/measure/in-flight.ts'
import { msOf } from '../src/measure/repeat.ts'
import { times } from '../src/measure/scale.ts'

const ends = []

export async function end() {
  for (const one of ends.splice(0)) await one()
}

export async function jobs({ lengths, atOnce, total }, scale) {
  const run = await openQueue(atOnce)
  const figures = await chainFigures(lengths, scale, (steps) => () => msOf(() => run(steps)))
  const play = () => run(3)
  await inFlight({ total: times(total / 2, scale), atOnce }, play)
  const { perSecond } = await inFlight({ total: times(total, scale), atOnce }, play)
  return { ...figures, 'runs/s': perSecond }
}

/** Plays so many jobs one after the other. */
async function openQueue(concurrency) {
  const { hostname, port, username, password } = new URL(process.env.REDIS_URL)
  const connection = { host: hostname, port: Number(port) || 6379, username, password, maxRetriesPerRequest: null }
  const name = `bench_${randomUUID().slice(0, 8)}`
  const queue = new Queue(name, { connection, defaultJobOptions: { removeOnComplete: true } })
  const waiting = new Map()
  const take = async ({ data: { run, left, v } }) => {
    if (left > 1) await queue.add('step', { run, left: left - 1, v: v + 1 })
    else waiting.get(run)()
    return { v: v + 1 }
  }
  const worker = new Worker(name, take, { connection, concurrency })
  await worker.waitUntilReady()
  ends.push(async () => {
    await worker.close()
    await queue.obliterate({ force: true })
    await queue.close()
  })
  return (steps) =>
    new Promise((resolve, reject) => {
      const run = randomUUID()
      waiting.set(run, () => {
        waiting.delete(run)
        resolve()
      })
      queue.add('step', { run, left: steps, v: 0 }).catch(reject)
    })
}
