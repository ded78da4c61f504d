import { describe, expect, it } from 'vitest'
import { RequestContext } from './index.js'

describe('a request context', () => {
  it('is a map of texts to values', () => {
    const context = new RequestContext<{ user: string; tries: number }>({ user: 'ada' })
    context.set('tries', 1).set('tries', 2)
    expect([context.get('user'), context.get('tries'), context.has('tries'), context.size]).toEqual(['ada', 2, true, 2])
    expect([...context]).toEqual([...context.entries()])
    expect([[...context.keys()], [...context.values()]]).toEqual([
      ['user', 'tries'],
      ['ada', 2],
    ])
    const seen: unknown[] = []
    context.forEach((value, key) => {
      seen.push([key, value])
    })
    expect(seen).toEqual([...context])
    expect([context.delete('user'), context.delete('user')]).toEqual([true, false])
    context.clear()
    expect(context.size).toBe(0)
  })

  it('is made of entries, of a record or of another one', () => {
    const context = new RequestContext([['a', 1]])
    expect(new RequestContext(context.entries()).toJSON()).toEqual({ a: 1 })
    expect(new RequestContext().size).toBe(0)
    expect(JSON.stringify(new RequestContext({ a: [1] }))).toBe('{"a":[1]}')
  })

  it('lets no key reach a prototype', () => {
    const context = new RequestContext(JSON.parse('{ "__proto__": { "polluted": 1 }, "constructor": 2 }') as object)
    const json = context.toJSON()
    expect(Object.keys(json)).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(json)).toBe(Object.prototype)
    expect('polluted' in {}).toBe(false)
  })

  it('takes only texts as keys', () => {
    expect(() => new RequestContext().set(1 as never, 2 as never)).toThrow(TypeError)
  })
})
