import { describe, expect, it } from 'vitest'
import { administrator, open, schemaFor, taker, until } from './given.js'

const place = () => {
  const pool = administrator()
  const schema = schemaFor(pool)
  const ask = async (text: string) => (await pool.query(text.replaceAll('{schema}', `"${schema}"`))).rows
  const areOpen = () => ask('select line is not null as open from {schema}.hint_members')
  const isOpen = async () => (await areOpen()).every(({ open }) => open)
  return { schema, ask, isOpen }
}

describe('a hint that is handed over', () => {
  it('belongs to whoever takes it from the moment it is published', async () => {
    const { schema, ask, isOpen } = place()
    const pubsub = open({ schema, pollMs: 60_000 })
    const gate = Promise.withResolvers<void>()
    const hints: string[] = []
    await pubsub.subscribe('t', { group: 'g' }, async (given) => {
      hints.push(...given)
      await gate.promise
    })
    await until('it is open', isOpen)
    await pubsub.publish('t', ['~ü "a"'])
    const queue = 'select tries, due > clock_timestamp() as kept from {schema}.hint_queue'
    expect(await ask(queue)).toEqual([{ tries: 1, kept: true }])
    await until('it came', () => hints.length > 0)
    gate.resolve()
    await until('it is removed', async () => (await ask(queue)).length === 0)
    expect(hints).toEqual(['~ü "a"'])
  })

  it('goes back where there is no room for it, and none comes until there is some', async () => {
    const { schema, isOpen } = place()
    const pubsub = open({ schema, pollMs: 60_000 })
    const hints: string[] = []
    let room = 1
    const slots = () => room
    await pubsub.subscribe('t', { group: 'g', slots }, async (given) => {
      hints.push(...given)
      room -= given.length
    })
    await until('it is open', isOpen)
    await pubsub.publish('t', ['a', 'b', 'c'])
    await until('one came', () => hints.length > 0)
    await until('it is shut', async () => !(await isOpen()))
    room = 10
    await until('all came', () => hints.length === 3)
    await until('it is open again', async () => {
      await pubsub.publish('t', ['d'])
      room = 10
      return isOpen()
    })
    expect(hints.slice(0, 3).sort()).toEqual(['a', 'b', 'c'])
  })

  it('is for somebody who hears: others are passed over', async () => {
    const { schema, ask, isOpen } = place()
    const members = [await taker(open({ schema, pollMs: 60_000 })), await taker(open({ schema, pollMs: 60_000 }))]
    await until('both are open', isOpen)
    const [first] = await ask('select member from {schema}.hint_members order by member limit 1')
    await ask(`update {schema}.hint_members set line = 7 where member = '${first?.member}'`)
    const publisher = open({ schema })
    for (const hint of ['a', 'b', 'c', 'd']) await publisher.publish('t', [hint])
    const all = () => members.flatMap(({ hints }) => hints).sort()
    await until('all came', () => all().length === 4, 1_500)
    expect(all()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('waits for nobody who hears no longer', async () => {
    const { schema, ask, isOpen } = place()
    const { hints } = await taker(open({ schema, pollMs: 60_000 }))
    await until('it is open', isOpen)
    await ask('update {schema}.hint_members set line = 7')
    const publisher = open({ schema })
    await publisher.publish('t', ['a'])
    await publisher.publish('t', ['b', 'c'])
    await until('all came', () => hints.length === 3, 1_500)
  })
})
