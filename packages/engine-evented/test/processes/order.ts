import type { DrainOptions } from '../../src/index.js'

/** What a process of a test is to do. */
export interface Order {
  readonly name: string
  /** The file of the storage. */
  readonly path: string
  /** The body ends once there is such a file. */
  readonly gate: string
  readonly drain?: DrainOptions | false
  readonly engines?: number
  readonly leaseMs?: number
  /** Closes everything at once. */
  readonly closes?: boolean
  /** Has a listener of its own. */
  readonly listens?: boolean
  /** Takes itself for the first process of a container. */
  readonly isFirst?: boolean
  /** The body kills its process. */
  readonly dies?: boolean
}
