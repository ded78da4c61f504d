import type { Encoded } from '../codec/index.js'
import type { Chunk } from '../machine/index.js'

/** A chunk on its way to other processes; whoever is not there when it passes does not get it. */
export interface LiveChunk extends Chunk {
  readonly runId: string
  readonly workflowId: string
  readonly encoded?: Encoded
}
