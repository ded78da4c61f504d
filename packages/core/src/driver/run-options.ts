import type { Header } from '../contracts/index.js'

/** What was given when the run was made, for its header. */
export interface RunOptions {
  readonly resourceId?: string
  readonly tags?: readonly string[]
}

/** The stored ones hold, whoever takes the run up. */
export const optionsOf = ({ resourceId, tags }: Header): RunOptions => ({
  tags,
  ...(resourceId !== null && { resourceId }),
})
