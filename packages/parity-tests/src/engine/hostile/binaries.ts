import { becomes, type HostileValue, refused, same } from './hostile-value.js'

const bytes = (length = 16): Uint8Array<ArrayBuffer> => Uint8Array.from({ length }, (_, index) => (index * 37) % 256)

const image = bytes(200_000)

type MakeView = (buffer: ArrayBuffer) => object

const views: Readonly<Record<string, MakeView>> = {
  Int8Array: (buffer) => new Int8Array(buffer),
  Uint8Array: (buffer) => new Uint8Array(buffer),
  Uint8ClampedArray: (buffer) => new Uint8ClampedArray(buffer),
  Int16Array: (buffer) => new Int16Array(buffer),
  Uint16Array: (buffer) => new Uint16Array(buffer),
  Int32Array: (buffer) => new Int32Array(buffer),
  Uint32Array: (buffer) => new Uint32Array(buffer),
  Float32Array: (buffer) => new Float32Array(buffer),
  Float64Array: (buffer) => new Float64Array(buffer),
  BigInt64Array: (buffer) => new BigInt64Array(buffer),
  BigUint64Array: (buffer) => new BigUint64Array(buffer),
  DataView: (buffer) => new DataView(buffer),
  ArrayBuffer: (buffer) => buffer,
  Buffer: (buffer) => Buffer.from(buffer),
}

function detached<Value>(buffer: ArrayBuffer, value: Value): Value {
  structuredClone(null, { transfer: [buffer] })
  return value
}

function detachedView(): Uint8Array {
  const view = bytes()
  return detached(view.buffer, view)
}

export const hostileBinaries: readonly HostileValue[] = [
  ...Object.entries(views).flatMap(([name, view]) => [
    same(`a ${name}`, () => view(bytes().buffer)),
    same(`an empty ${name}, inside`, () => [view(new ArrayBuffer(0)), { at: view(bytes(8).buffer) }]),
  ]),
  becomes(
    'a view of a part of a buffer',
    () => new Uint8Array(bytes().buffer, 3, 5),
    () => bytes().slice(3, 8),
  ),
  same('a Float64Array of what JSON has not', () => new Float64Array([Number.NaN, -0, Number.NEGATIVE_INFINITY])),
  same('bytes that begin like what a codec writes', () => [1, 2, 3, 4, 126].map((mark) => new Uint8Array([mark, 0]))),
  ...[1, 2, 3, 4, 126].map((mark) => same(`bytes that begin with ${mark}`, () => new Uint8Array([mark, 91, 93]))),
  same('200 KB of bytes', () => image.slice()),
  same('200 KB of bytes inside', () => ({ image: image.slice() })),
  becomes(
    'a view of shared memory',
    () => new Uint8Array(new SharedArrayBuffer(4)),
    () => new Uint8Array(4),
  ),
  becomes(
    'a buffer that can grow',
    () => new ArrayBuffer(4, { maxByteLength: 8 }),
    () => new ArrayBuffer(4),
  ),
  refused('shared memory', () => new SharedArrayBuffer(4), '$'),
  refused(
    'a detached buffer',
    () => {
      const buffer = new ArrayBuffer(8)
      return { buffer: detached(buffer, buffer) }
    },
    '$.buffer',
  ),
  refused('a view of a detached buffer', () => detachedView(), '$'),
  refused('a view of a detached buffer, inside', () => [detachedView()], '$[0]'),
  refused(
    'a DataView of a detached buffer',
    () => {
      const buffer = new ArrayBuffer(8)
      return [detached(buffer, new DataView(buffer))]
    },
    '$[0]',
  ),
  refused('a subclass of Uint8Array', () => new (class Pixels extends Uint8Array {})(4), '$'),
  refused('a Blob', () => ({ file: new Blob(['x']) }), '$.file'),
]
