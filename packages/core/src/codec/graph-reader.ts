import { WorkflowError } from '../errors/index.js'
import { builtinForms } from './builtin-forms.js'
import type { ValueRules } from './value-rules.js'

const primitives = new Map<string, unknown>([
  ['~undefined', undefined],
  ['~NaN', Number.NaN],
  ['~Infinity', Number.POSITIVE_INFINITY],
  ['~-Infinity', Number.NEGATIVE_INFINITY],
  ['~-0', -0],
])

const unfinished = Symbol('unfinished')

/** Reads what `GraphWriter` wrote. The records and lists that it is given become part of the value. */
export class GraphReader {
  private readonly objects: unknown[] = []
  private depth = 0

  constructor(private readonly rules: ValueRules) {}

  /** Remembers a new object under the number by which a later reference names it. */
  add<Value extends object>(value: Value): Value {
    this.objects.push(value)
    return value
  }

  read(node: unknown): unknown {
    if (typeof node !== 'object' || node === null) return node
    this.depth++
    // One more than values may have: the tag of a primitive is a level of its own.
    if (this.depth > this.rules.maxDepth + 1) {
      const limit = `limits.maxDepth (${this.rules.maxDepth})`
      throw new WorkflowError('WF_LIMIT', `A stored value is nested deeper than ${limit} allows.`)
    }
    const value = Array.isArray(node) ? this.readList(node) : this.readRecord(node as Record<string, unknown>)
    this.depth--
    return value
  }

  private readRecord(node: Record<string, unknown>): unknown {
    this.add(node)
    for (const key of Object.keys(node)) {
      const part = node[key]
      // Every key is already an own property, so this is safe for `__proto__` too.
      if (typeof part === 'object' && part !== null) node[key] = this.read(part)
    }
    return node
  }

  private readList(node: unknown[]): unknown {
    const first = node[0]
    if (typeof first === 'string' && first.startsWith('~')) {
      if (!first.startsWith('~~')) return this.readTag(first, node)
      node[0] = first.slice(1)
    }
    this.add(node)
    for (let index = 0; index < node.length; index++) {
      const part = node[index]
      if (typeof part === 'object' && part !== null) node[index] = this.read(part)
    }
    return node
  }

  private readTag(tag: string, node: readonly unknown[]): unknown {
    if (primitives.has(tag)) return primitives.get(tag)
    if (tag === '~bigint') return BigInt(String(node[1]))
    if (tag === '~ref') return this.readReference(node[1])
    if (tag === '~class') return this.readClass(node)
    const form = builtinForms.get(tag.slice(1))
    if (form === undefined) throw new TypeError('unknown tag')
    return form.read(node, this)
  }

  private readReference(slot: unknown): unknown {
    const value = typeof slot === 'number' ? this.objects[slot] : undefined
    if (value === undefined || value === unfinished) throw new TypeError('reference to nothing')
    return value
  }

  private readClass([, name, data]: readonly unknown[]): object {
    const registered = this.rules.classNamed.get(String(name))
    if (registered === undefined) {
      throw new WorkflowError(
        'WF_STORAGE',
        `A stored value holds the class "${name}": list it under "classes" of the codec.`,
      )
    }
    const slot = this.objects.push(unfinished) - 1
    const value = registered.fromData(this.read(data))
    this.objects[slot] = value
    return value
  }
}
