import { expect, it } from 'vitest'
import { administrator, named, newSchema, open, schemaFor, taker, until, url } from './given.js'

it('brings thousands of hints, each at least once, while connections are killed all the time', {
  timeout: 90_000,
}, async () => {
  const pool = administrator()
  const schema = schemaFor(pool)
  const name = newSchema().slice(-36)
  const place = new URL(url)
  place.searchParams.set('application_name', name)
  const given = { url: place.href, schema, leaseMs: 2_000, pollMs: 500 }
  const members = [await taker(open(given)), await taker(open(given))]
  const publisher = open(given)
  let killed = 0
  const kill = async (): Promise<void> => {
    const text =
      'select count(pg_terminate_backend(pid))::int as killed from pg_stat_activity where application_name = $1'
    const { rows } = await pool.query(text, [name])
    killed += rows[0].killed
  }
  const killing = setInterval(() => void kill(), 200)
  const hints = named('hint', 5_000)
  try {
    for (let first = 0; first < hints.length; first += 10) {
      await publisher.publish('t', hints.slice(first, first + 10))
    }
    await until('2 s of killing are over', () => killed > 20)
  } finally {
    clearInterval(killing)
  }
  const missing = () => {
    const seen = new Set(members.flatMap((member) => member.hints))
    return hints.filter((hint) => !seen.has(hint))
  }
  await until('all came', () => missing().length === 0, 30_000)
  expect(killed).toBeGreaterThan(20)
})
