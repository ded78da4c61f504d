import { binaryForms, isBuffer } from './binary-forms.js'
import { collectionForms } from './collection-forms.js'
import { errorForm } from './error-form.js'
import { leafForms } from './leaf-forms.js'
import type { ValueForm } from './value-form.js'

/** The built-in objects that cross by value, by the name that is stored as their tag. */
export const builtinForms: ReadonlyMap<string, ValueForm> = new Map<string, ValueForm>([
  ...leafForms,
  ...collectionForms,
  ...binaryForms,
  ['Error', errorForm],
])

const typedArray: object = Object.getPrototypeOf(Uint8Array.prototype)

/** The form of a built-in object. A subclass has none, save of errors: it would come back as less than it was. */
export function builtinName(value: object): string | undefined {
  const viewName: unknown = Reflect.get(typedArray, Symbol.toStringTag, value)
  if (typeof viewName === 'string') return isBuffer(value) ? 'Buffer' : nameAt(value, viewName, 3)
  const name = Object.prototype.toString.call(value).slice(8, -1)
  if (name === 'Error' || value instanceof Error) return 'Error'
  return nameAt(value, name, 2)
}

/** Counting the ancestors, instead of comparing them, also knows the built-ins of another realm. */
function nameAt(value: object, name: string, ancestors: number): string | undefined {
  let count = 0
  // No further than one too many: the prototypes of a proxy need not end.
  for (let at = Object.getPrototypeOf(value); at !== null && count <= ancestors; at = Object.getPrototypeOf(at)) count++
  return count === ancestors && builtinForms.has(name) ? name : undefined
}
