/** Records are objects made by a literal, `JSON.parse` or `Object.create(null)`, also in another realm (a `vm` context). */
export function isRecordPrototype(prototype: object | null): boolean {
  if (prototype === Object.prototype || prototype === null) return true
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf')
}

/** A prototype that was taken away makes no record of a list, a map or an error. */
export function isRecord(value: object, prototype: object | null): boolean {
  if (prototype === null) return Object.prototype.toString.call(value) === '[object Object]'
  return isRecordPrototype(prototype)
}

/** In every realm `Array.prototype` is itself an array, while the prototype of a subclass is not. */
export function isListPrototype(prototype: object | null): boolean {
  return prototype === Array.prototype || Array.isArray(prototype)
}
