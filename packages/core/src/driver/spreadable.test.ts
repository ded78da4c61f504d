import { expect, it } from 'vitest'
import { spreadable } from './spreadable.js'

interface Counts {
  readonly own: string
  readonly made: number
  count(): number
}

class Lazy implements Counts {
  #made = 0
  readonly own = 'own'
  readonly count = (): number => this.#made

  get made(): number {
    this.#made += 1
    return this.#made
  }
}

it('gives what its getters give when it is spread, and makes it once', () => {
  const { own, made, count } = { ...spreadable<Counts>(new Lazy()) }
  expect([own, made, count()]).toEqual(['own', 1, 1])
})

it('is otherwise as it was', () => {
  const lazy = spreadable<Counts>(new Lazy())
  expect(lazy).toBeInstanceOf(Lazy)
  expect(lazy.count()).toBe(0)
  expect('made' in lazy).toBe(true)
  const { made, ...rest } = lazy
  expect(made).toBe(1)
  expect(Object.keys(rest).sort()).toEqual(['count', 'own'])
})

it('can be given more', () => {
  const lazy: Counts & { more?: number } = spreadable(new Lazy())
  lazy.more = 1
  expect(Object.keys(lazy).sort()).toEqual(['count', 'made', 'more', 'own'])
})
