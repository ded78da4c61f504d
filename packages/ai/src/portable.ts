import { isRecord } from './is-record.js'

/** Objects of these cross as they are. */
const crossing = [Date, RegExp, URL, ArrayBuffer, Error]

/**
 * A copy of what the AI SDK has made that can be told and recorded: files of the SDK become their data, other objects of
 * classes become their fields, and functions are left out.
 */
export function portable(value: unknown, around: readonly unknown[] = []): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null || crosses(value)) return value
  if (around.includes(value)) return undefined
  const inside = [...around, value]
  if (Array.isArray(value)) return value.map((item) => portable(item, inside))
  if (value instanceof Map) return new Map(portable([...value], inside) as [unknown, unknown][])
  if (value instanceof Set) return new Set(portable([...value], inside) as unknown[])
  return fieldsOf(file(value) ?? plain(value), inside)
}

const crosses = (value: object): boolean => ArrayBuffer.isView(value) || crossing.some((type) => value instanceof type)

function fieldsOf(value: unknown, inside: readonly unknown[]): unknown {
  if (!isRecord(value)) return portable(value, inside)
  const fields = Object.entries(value).filter(([, field]) => typeof field !== 'function' && typeof field !== 'symbol')
  return Object.fromEntries(fields.map(([key, field]) => [key, portable(field, inside)]))
}

/** Under which names a generated file has its data, besides `uint8Array`. */
const dataNames = ['base64', 'base64Data', 'uint8ArrayData']

/** A generated file has its data behind getters. */
function file(value: object): unknown {
  if (!('uint8Array' in value && 'mediaType' in value)) return undefined
  const fields = Object.entries(value).filter(([name]) => !dataNames.includes(name))
  return { ...Object.fromEntries(fields), mediaType: value.mediaType, uint8Array: value.uint8Array }
}

function plain(value: object): unknown {
  if (!('toJSON' in value) || typeof value.toJSON !== 'function') return value
  const told: unknown = value.toJSON()
  return told === value ? { ...value } : told
}
