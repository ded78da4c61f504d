import { holds, WorkflowError, type WorkflowErrorCode } from '../errors/index.js'
import { toBase64 } from './base64.js'
import { bigintText } from './bigint-text.js'
import { builtinForms, builtinName } from './builtin-forms.js'
import { valueSize } from './copy-tree.js'
import { isListPrototype, isRecord } from './plain-prototype.js'
import { setOwn } from './set-own.js'
import type { Written } from './value-form.js'
import { formatPath } from './value-path.js'
import type { ValueRules } from './value-rules.js'

/**
 * Writes any value that can cross as JSON with tags. A tag is a list that begins with `~` and a name; a list of the
 * user's that begins like one gets a second `~`, and keys of records are never touched. An object that was met before is
 * written as `["~ref", n]`: the n-th object of the value, counted as they are entered.
 */
export class GraphWriter {
  private readonly slots = new Map<object, number>()
  private readonly entered: object[] = []
  private readonly unfinished = new Set<object>()
  private readonly path: (string | number)[] = []
  private depth = 0
  private left: number

  constructor(
    private readonly rules: ValueRules,
    private readonly binaryAs: 'text' | 'bytes',
  ) {
    this.left = rules.maxBytes
  }

  /** Writes the whole value; throws only a `WorkflowError`, which names the place. */
  writeAll(value: unknown): Written {
    try {
      return this.write(value)
    } catch (error) {
      if (isRefusal(error)) throw error.reason
      if (this.depth > 100 && holds(() => error instanceof RangeError))
        throw this.refusal('WF_LIMIT', 'is nested too deeply for the stack that is left').reason
      throw this.refusal('WF_NOT_SERIALIZABLE', 'could not be read: it threw', error).reason
    }
  }

  writeAt(place: readonly (string | number)[], value: unknown): Written {
    this.path.push(...place)
    const written = this.write(value)
    this.path.length -= place.length
    return written
  }

  /** What `read` gives, written, or `undefined` and no trace of it when it cannot be. */
  attempt(key: string, read: () => unknown): Written | undefined {
    const { left, depth, path } = this
    const { length } = path
    const entered = this.entered.length
    path.push(key)
    try {
      return this.write(read())
    } catch {
      for (const object of this.entered.splice(entered)) {
        this.slots.delete(object)
        this.unfinished.delete(object)
      }
      this.left = left
      this.depth = depth
      return undefined
    } finally {
      path.length = length
    }
  }

  binary(bytes: Uint8Array): Written {
    this.spend(bytes.length)
    return this.binaryAs === 'text' ? toBase64(bytes) : new Uint8Array(bytes)
  }

  /** The text, once it is counted. */
  text(text: string): string {
    this.spend(text.length)
    return text
  }

  spend(size: number): void {
    this.left -= size
    if (this.left < 0) {
      throw this.refusal(
        'WF_LIMIT',
        `makes the whole larger than limits.maxBytes (${this.rules.maxBytes}): store large data elsewhere and pass a reference to it`,
      )
    }
  }

  private write(value: unknown): Written {
    this.spend(valueSize)
    switch (typeof value) {
      case 'object':
        return value === null ? null : this.writeObject(value)
      case 'string':
        return this.text(value)
      case 'boolean':
        return value
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0) ? value : [Object.is(value, -0) ? '~-0' : `~${value}`]
      case 'undefined':
        return ['~undefined']
      case 'bigint':
        return ['~bigint', this.text(bigintText(value))]
      default:
        throw this.refusal(
          'WF_NOT_SERIALIZABLE',
          `is a ${typeof value}, which cannot be stored: pass plain data instead`,
        )
    }
  }

  private writeObject(value: object): Written {
    const slot = this.slots.get(value)
    if (slot !== undefined) return this.writeReference(value, slot)
    this.slots.set(value, this.entered.length)
    this.entered.push(value)
    this.depth++
    if (this.depth > this.rules.maxDepth) {
      throw this.refusal(
        'WF_LIMIT',
        `is nested deeper than limits.maxDepth (${this.rules.maxDepth}) allows: flatten it`,
      )
    }
    const written = this.writeNew(value)
    this.depth--
    return written
  }

  private writeReference(value: object, slot: number): Written {
    if (this.unfinished.has(value)) {
      throw this.refusal('WF_NOT_SERIALIZABLE', 'leads back to an instance of a registered class: its toData must not')
    }
    return ['~ref', slot]
  }

  private writeNew(value: object): Written {
    const prototype: object | null = Object.getPrototypeOf(value)
    if (Array.isArray(value) && isListPrototype(prototype)) return this.writeList(value)
    if (isRecord(value, prototype)) return this.writeRecord(value as Record<string, unknown>)
    const registered = prototype === null ? undefined : this.rules.classOf.get(prototype)
    if (registered !== undefined) {
      this.unfinished.add(value)
      const written = ['~class', registered.name, this.write(registered.toData(value))]
      this.unfinished.delete(value)
      return written
    }
    const name = builtinName(value)
    const form = name === undefined ? undefined : builtinForms.get(name)
    if (form !== undefined) return [`~${name}`, ...form.write(value, this)]
    throw this.refusal(
      'WF_NOT_SERIALIZABLE',
      `is an instance of ${className(prototype)}: list that class under "classes" of the codec, or pass plain data instead`,
    )
  }

  private writeRecord(value: Record<string, unknown>): Written {
    for (const symbol of Object.getOwnPropertySymbols(value)) {
      if (!Object.prototype.propertyIsEnumerable.call(value, symbol)) continue
      throw this.refusal('WF_NOT_SERIALIZABLE', `has the key ${String(symbol)}: symbols cannot be stored, use a string`)
    }
    const written: Record<string, Written> = {}
    for (const key of Object.keys(value)) {
      this.path.push(key)
      this.spend(key.length)
      setOwn(written, key, this.write(value[key]))
      this.path.pop()
    }
    return written
  }

  private writeList(value: readonly unknown[]): Written {
    // Before the loop: a sparse list may claim to be billions long.
    if (value.length * valueSize > this.left) this.spend(value.length * valueSize)
    const written: Written[] = []
    for (let index = 0; index < value.length; index++) {
      this.path.push(index)
      written.push(this.write(value[index]))
      this.path.pop()
    }
    const first = written[0]
    if (typeof first === 'string' && first.startsWith('~')) written[0] = `~${first}`
    return written
  }

  private refusal(code: WorkflowErrorCode, text: string, cause?: unknown): Refusal {
    const field = formatPath(this.path)
    return new Refusal(new WorkflowError(code, `The value at "${field}" ${text}.`, { field, cause }))
  }
}

/** Ours among whatever a getter of the user's may throw. */
class Refusal {
  constructor(readonly reason: WorkflowError) {}
}

/** A getter may also have thrown what nobody may look at. */
const isRefusal = (error: unknown): error is Refusal => holds(() => error instanceof Refusal)

function className(prototype: object | null): string {
  const maker: unknown = prototype === null ? undefined : Reflect.get(prototype, 'constructor')
  return typeof maker === 'function' && maker.name !== '' ? maker.name : 'an unnamed class'
}
