import { isWorkflowError, WorkflowError } from '../errors/index.js'
import { bigintFrom } from './bigint-text.js'
import { builtinForms } from './builtin-forms.js'
import type { RegisteredClass, ValueRules } from './value-rules.js'

const primitives = new Map<string, unknown>([
  ['~undefined', undefined],
  ['~NaN', Number.NaN],
  ['~Infinity', Number.POSITIVE_INFINITY],
  ['~-Infinity', Number.NEGATIVE_INFINITY],
  ['~-0', -0],
])

/** What is written as a tag without being an object, and so is no level of its own. */
const primitiveTags = new Set([...primitives.keys(), '~bigint', '~ref'])

export const notOurs = 'A stored value is not what a codec writes: it was damaged or made elsewhere.'

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

  /** Reads the whole value; throws only a `WorkflowError`. */
  readAll(node: unknown): unknown {
    try {
      return this.read(node)
    } catch (cause) {
      if (isWorkflowError(cause)) throw cause
      if (cause instanceof RangeError && this.depth > 100) {
        throw new WorkflowError('WF_LIMIT', 'A stored value is nested too deeply for the stack that is left.', {
          cause,
        })
      }
      throw new WorkflowError('WF_STORAGE', notOurs, { cause })
    }
  }

  read(node: unknown): unknown {
    if (typeof node !== 'object' || node === null) return node
    const tag = Array.isArray(node) ? tagOf(node) : undefined
    if (tag !== undefined && primitiveTags.has(tag)) return this.readPrimitive(tag, node as unknown[])
    this.depth++
    if (this.depth > this.rules.maxDepth) {
      const limit = `limits.maxDepth (${this.rules.maxDepth})`
      throw new WorkflowError('WF_LIMIT', `A stored value is nested deeper than ${limit} allows.`)
    }
    const value = tag === undefined ? this.readPlain(node) : this.readTagged(tag, node as unknown[])
    this.depth--
    return value
  }

  private readPlain(node: object): object {
    this.add(node)
    return Array.isArray(node) ? this.readList(node) : this.readRecord(node as Record<string, unknown>)
  }

  private readRecord(node: Record<string, unknown>): object {
    for (const key of Object.keys(node)) {
      const part = node[key]
      // Every key is already an own property, so this is safe for `__proto__` too.
      if (typeof part === 'object' && part !== null) node[key] = this.read(part)
    }
    return node
  }

  private readList(node: unknown[]): object {
    const first = node[0]
    if (typeof first === 'string' && first.startsWith('~~')) node[0] = first.slice(1)
    for (let index = 0; index < node.length; index++) {
      const part = node[index]
      if (typeof part === 'object' && part !== null) node[index] = this.read(part)
    }
    return node
  }

  private readPrimitive(tag: string, [, part]: readonly unknown[]): unknown {
    if (tag === '~ref') return this.readReference(part)
    return tag === '~bigint' ? bigintFrom(String(part)) : primitives.get(tag)
  }

  private readTagged(tag: string, node: readonly unknown[]): unknown {
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
    const value = revive(registered, this.read(data))
    this.objects[slot] = value
    return value
  }
}

function tagOf([first]: readonly unknown[]): string | undefined {
  return typeof first === 'string' && first.startsWith('~') && !first.startsWith('~~') ? first : undefined
}

function revive(registered: RegisteredClass, data: unknown): object {
  try {
    return registered.fromData(data)
  } catch (cause) {
    const text = `fromData of the registered class "${registered.name}" threw: it must accept what toData gave.`
    throw new WorkflowError('WF_NOT_SERIALIZABLE', text, { cause })
  }
}
