import { defineHidden } from './define-hidden.js'
import { holds } from './holds.js'

type Class = abstract new (...given: never[]) => object

/**
 * Lets `instanceof` know objects of other copies of this package too, by a registered symbol. Subclasses are told
 * apart as ever.
 */
export function markClass(type: Class, mark: symbol): void {
  const ordinary = Function.prototype[Symbol.hasInstance]
  defineHidden(type.prototype, mark, true)
  defineHidden(type, Symbol.hasInstance, function isInstance(this: Class, value: unknown): boolean {
    return this === type ? hasMark(value, mark) : ordinary.call(this, value)
  })
}

export function hasMark(value: unknown, mark: symbol): boolean {
  if (typeof value !== 'object' || value === null) return false
  return holds(() => (value as { readonly [key: symbol]: unknown })[mark] === true)
}
