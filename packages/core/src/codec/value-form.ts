import type { GraphReader } from './graph-reader.js'
import type { GraphWriter } from './graph-writer.js'

/** What a writer makes: JSON, save that `isolate` keeps binary data as it is. */
export type Written = string | number | boolean | null | Uint8Array | Written[] | { [key: string]: Written }

/** How one sort of object is written after its tag, and read again. */
export interface ValueForm {
  /** Must throw when `value` only pretends to be of this sort. */
  write(value: object, writer: GraphWriter): Written[]
  /** `node[0]` is the tag. Must call `reader.add` with the new object before it reads the object's parts. */
  read(node: readonly unknown[], reader: GraphReader): object
}
