import { createRandom, dropHints, slow } from '@wf/parity-tests'
import { describe, expect, it } from 'vitest'
import { createPlace, settled } from './given.js'
import { flowsOf, KEEP_MS, mailboxes, received, type Seen, Sender, type Way } from './storm.js'

const EVENTS = Number(process.env.WF_EVENTS ?? 1_000)
const KEYS = 40
const EACH = Math.ceil(EVENTS / KEYS)
const ways = ['patient', 'impatient', 'impatient', 'wide'] as const satisfies readonly Way[]

interface Key {
  readonly key: string
  readonly way: Way
  /** How many events each run of it is to get. */
  readonly counts: readonly number[]
}

const keys = Array.from({ length: KEYS }, (_, at): Key => {
  const way = ways[at % ways.length] ?? 'wide'
  // Runs that go without an event now and then compete for it.
  const half = Math.floor(EACH / 2)
  return { key: `${way} ${at}`, way, counts: way === 'impatient' ? [half, EACH - half] : [EACH] }
})

const inThirds = ({ key }: Key) => {
  const events = Array.from({ length: EACH }, (_, n) => ({ key, n }))
  const [one, other] = [Math.floor(EACH / 3), Math.floor((2 * EACH) / 3)]
  return { before: events.slice(0, one), meanwhile: events.slice(one, other), after: events.slice(other) }
}

describe(`${KEYS * EACH} events to four processes, each sent twice`, () => {
  it.for([
    ['nothing goes wrong', 0],
    ['every second hint is lost and every second call is late', 0.5],
  ] as const)('are received once each, where %s', { timeout: 60_000 + EVENTS * 20 }, async ([, rate]) => {
    const random = createRandom(7)
    const { clock, storage, ...place } = createPlace()
    const pubsub = dropHints(place.pubsub, { random, rate })
    const seen: Seen = { payloads: [], timeouts: 0 }
    const flows = flowsOf(seen)
    // Calls take their time, so that waits end while they are being given something.
    const late = slow(storage, { clock, random, rate, mostMs: 80 })
    const engines = [1, 2, 3, 4].map(() => place.process(Object.values(flows), { pubsub, storage: late }))
    const sender = new Sender(engines, random)
    const shuffled = keys.map((key) => ({ ...key, ...inThirds(key) })).sort(() => random() - 0.5)
    const any = () => engines[Math.floor(random() * engines.length)] ?? engines[0]

    const start = async (way: Way, inputData: { readonly key: string; readonly left: number }) => {
      const run = await any()?.createRun(flows[way] as typeof flows.patient)
      return run?.start({ inputData, initialState: { left: inputData.left } })
    }
    await settled(clock, Promise.all(shuffled.map(({ before }) => sender.inOrder(before))), 20)
    const ends = shuffled.flatMap(({ key, way, counts }) => counts.map((left) => start(way, { key, left })))
    await settled(clock, Promise.all(shuffled.map(({ meanwhile }) => sender.inOrder(meanwhile))), 20)
    // Nothing comes for a while; then one key after the other.
    await clock.advance(1_000)
    const before = seen.timeouts
    for (const { after } of shuffled) await settled(clock, sender.inOrder(after), 20)
    const results = await settled(clock, Promise.all(ends), 100)
    await settled(clock, sender.repeat(), 20)

    expect(sender.wrong).toEqual([])
    expect(results.filter((result) => result?.status !== 'success')).toEqual([])
    expect(before).toBeGreaterThan(0)
    expect([...(await received(storage))].sort()).toEqual([...sender.ids].sort())
    expect(new Set(sender.ids).size).toBe(KEYS * EACH)

    const lists = results.flatMap((ended) =>
      ended?.status === 'success' && Array.isArray(ended.result) ? ended.result : [],
    )
    const all = [...seen.payloads, ...lists].map(({ key, n }) => `${key}/${n}`)
    const sent = keys.flatMap(({ key }) => Array.from({ length: EACH }, (_, n) => `${key}/${n}`))
    expect(all.sort()).toEqual(sent.sort())
    const inOrder = Array.from({ length: EACH }, (_, n) => n)
    // A call that is late may make a wait known that is over; what that is given in the meantime comes later.
    for (const { key } of rate === 0 ? keys.filter(({ way }) => way === 'patient') : [])
      expect(seen.payloads.flatMap((one) => (one.key === key ? [one.n] : []))).toEqual(inOrder)

    expect(await mailboxes(storage)).toEqual({ open: KEYS })
    await clock.advance(KEEP_MS)
    await settled(
      clock,
      until(async () => (await mailboxes(storage)).open === undefined),
    )
    expect(await mailboxes(storage)).toEqual({ empty: KEYS })
  })
})

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve))
}
