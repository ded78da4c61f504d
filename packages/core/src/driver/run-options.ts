import type { Durability } from '../builder/workflow-config.js'
import type { Header } from '../contracts/index.js'

/** What was given when the run was made. */
export interface RunOptions {
  readonly durability?: Durability
  /** Its id was made from this, so that others may begin the same run. */
  readonly idempotencyKey?: string
  readonly resourceId?: string
  readonly tags?: readonly string[]
}

/** The stored ones hold, whoever takes the run up. */
export const optionsOf = ({ resourceId, tags }: Header): RunOptions => ({
  tags,
  ...(resourceId !== null && { resourceId }),
})
