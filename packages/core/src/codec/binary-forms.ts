import { fromBase64 } from './base64.js'
import type { ValueForm } from './value-form.js'

type Bytes = Uint8Array<ArrayBuffer>
type MakeView = (bytes: Bytes) => object

/** A view keeps only the bytes that it shows; two views of one buffer become independent. */
function binaryForm(bytesOf: (value: object) => Uint8Array, make: MakeView): ValueForm {
  return {
    write: (value, writer) => [writer.binary(bytesOf(value))],
    read: ([, stored], reader) => reader.add(make(toBytes(stored))),
  }
}

/** The text of a stored value, or the copy that `isolate` passes on as it is. */
function toBytes(stored: unknown): Bytes {
  if (stored instanceof Uint8Array) return stored as Bytes
  if (typeof stored !== 'string') throw new TypeError('binary data is not text')
  return fromBase64(stored)
}

function bytesOfView(view: object): Uint8Array {
  if (!ArrayBuffer.isView(view)) throw new TypeError('not a view of a buffer')
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
}

function bytesOfBuffer(value: object): Uint8Array {
  // Throws for anything but a genuine ArrayBuffer.
  const byteLength: number = Reflect.get(ArrayBuffer.prototype, 'byteLength', value)
  return new Uint8Array(value as ArrayBuffer, 0, byteLength)
}

interface ViewClass {
  readonly name: string
  readonly BYTES_PER_ELEMENT: number
  new (buffer: ArrayBuffer): object
}

/** Newer runtimes have more; only what is listed here is ever revived. */
const viewNames = [
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
]

function viewForms(): (readonly [string, ValueForm])[] {
  return viewNames.flatMap((name) => {
    const View: ViewClass | undefined = Reflect.get(globalThis, name)
    return View === undefined ? [] : [[name, binaryForm(bytesOfView, ({ buffer }) => new View(buffer))] as const]
  })
}

/** A `Buffer` comes back as a `Buffer`, or as a `Uint8Array` where the runtime has no `Buffer`. */
export function toBuffer(bytes: Bytes): Uint8Array {
  const NodeBuffer: typeof Buffer | undefined = globalThis.Buffer
  return NodeBuffer === undefined ? bytes : NodeBuffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

export function isBuffer(value: unknown): boolean {
  const NodeBuffer: typeof Buffer | undefined = globalThis.Buffer
  return NodeBuffer?.isBuffer(value) === true
}

export const binaryForms: readonly (readonly [string, ValueForm])[] = [
  ...viewForms(),
  ['Buffer', binaryForm(bytesOfView, toBuffer)],
  ['DataView', binaryForm(bytesOfView, ({ buffer }) => new DataView(buffer))],
  ['ArrayBuffer', binaryForm(bytesOfBuffer, ({ buffer }) => buffer)],
]
