/**
 * Lets an object be spread though its getters belong to its class. People wrap bodies and hand on `{ ...context }`;
 * accessors of the object's own would do as well, at ten times the price for every body.
 */
export function spreadable<Value extends object>(value: Value): Value {
  return new Proxy<Value>(value, handlerOf(Object.getPrototypeOf(value)))
}

const handlers = new WeakMap<object, ProxyHandler<object>>()

function handlerOf(prototype: object): ProxyHandler<object> {
  const known = handlers.get(prototype)
  if (known) return known
  const getters = Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(([key, { get }]) =>
    get ? [key] : [],
  )
  const made = createHandler(new Set<PropertyKey>(getters))
  handlers.set(prototype, made)
  return made
}

const createHandler = (getters: ReadonlySet<PropertyKey>): ProxyHandler<object> => ({
  // Getters that use private fields need the object itself.
  get: (target, key) => (target as Record<PropertyKey, unknown>)[key],
  // What is set stands in front of a getter: people replace functions of the context by their own.
  set: (target, key, value) =>
    Reflect.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true }),
  ownKeys: (target) => [...new Set([...Reflect.ownKeys(target), ...(getters as ReadonlySet<string>)])],
  getOwnPropertyDescriptor: (target, key) =>
    Reflect.getOwnPropertyDescriptor(target, key) ??
    (getters.has(key)
      ? { configurable: true, enumerable: true, get: () => Reflect.get(target, key, target) }
      : undefined),
})
