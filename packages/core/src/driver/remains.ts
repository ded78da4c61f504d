import type { Awaited } from '../machine/index.js'
import type { GivenSecrets } from './given-secrets.js'
import type { TrackedContext } from './scene.js'

/** What user code asked for while it ran. */
export interface Asked {
  kind: 'suspend' | 'bail'
  value: unknown
  labels: readonly string[]
  /** The event that goes on with it. */
  awaits?: Awaited
}

/** What user code has left behind, besides what it returned. */
export interface Remains {
  readonly asked: Asked | undefined
  readonly state: Record<string, unknown> | undefined
  readonly context: TrackedContext | undefined
  /** Those that it was given. */
  readonly secrets: GivenSecrets | undefined
}
