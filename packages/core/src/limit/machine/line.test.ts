import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { goesBefore, Line, type Ticket } from './line.js'

const ticket = (order: number, priority = 0, run = `run ${order}`): Ticket => ({
  run,
  ticket: 1,
  priority,
  order,
  holds: true,
  counts: false,
})

describe('a line', () => {
  it('has nobody first when it is empty', () => {
    const line = new Line()
    expect(line.first).toBeUndefined()
    line.set('a', ticket(1, 0, 'a'))
    line.delete('a')
    expect(line.first).toBeUndefined()
  })

  it('says at which place somebody stands', () => {
    const line = new Line()
    for (const one of [ticket(1), ticket(2, 5), ticket(3)]) line.set(one.run, one)
    expect([1, 2, 3].map((order) => line.placeOf(line.get(`run ${order}`) ?? ticket(order)))).toEqual([2, 1, 3])
  })

  it('is always in order, whoever comes and goes', () => {
    const moves = fc.array(fc.tuple(fc.nat(3), fc.nat(20), fc.nat(3)), { maxLength: 400 })
    fc.assert(
      fc.property(moves, (all) => {
        const line = new Line()
        for (const [order, [what, who, priority]] of all.entries()) {
          if (what === 0) line.delete(`run ${who}`)
          else line.set(`run ${who}`, ticket(order, priority, `run ${who}`))
          const [first] = [...line.values()].sort((one, other) => (goesBefore(one, other) ? -1 : 1))
          expect(line.first).toBe(first)
        }
      }),
    )
  })

  it('forgets those that are gone, although the first one stays', () => {
    const line = new Line()
    line.set('stays too', ticket(0, 1, 'stays too'))
    line.set('stays', ticket(0, 9, 'stays'))
    for (let order = 1; order < 10_000; order += 1) {
      line.set('comes and goes', ticket(order, 0, 'comes and goes'))
      line.delete('comes and goes')
    }
    expect(Reflect.get(line, 'heap').length).toBeLessThan(200)
    expect(line.first?.run).toBe('stays')
  })
})
