import type { Logger } from '../builder/logger.js'
import type { Services } from '../builder/services.js'
import type { Workflow } from '../builder/workflow.js'
import type { Durability } from '../builder/workflow-config.js'
import type { Codec } from '../codec/index.js'
import type { Calendar, Clock, Storage } from '../contracts/index.js'
import type { Redaction } from '../redaction/redaction.js'
import type { Witness } from '../telemetry/witness.js'
import type { Dispatch } from './dispatch.js'
import type { Driver } from './driver.js'
import type { ResolveSecret, SecretsInValues } from './given-secrets.js'

/** Everything a driver depends on, all of it given: nothing here is global. */
export interface DriverSettings extends Dispatch {
  readonly workflows: readonly Workflow[]
  readonly storage: Storage | undefined
  /** Of runs that say nothing themselves. */
  readonly durability: Durability
  readonly namespace: string
  readonly clock: Clock
  /** Reads cron; absent: nobody here can. */
  readonly calendar: Calendar | undefined
  readonly codec: Codec
  readonly logger: Logger
  readonly services: Services
  readonly secret: ResolveSecret | undefined
  readonly secretsInValues: SecretsInValues
  /** What the logger here goes through as well. */
  readonly redaction: Redaction
  /** Who is told of what runs do; absent: nobody. */
  readonly witness: Witness | undefined
  /** A number from 0 to 1. */
  readonly random: () => number
  /** A name that no other process uses. */
  readonly newId: () => string
  /** The same for sessions. */
  readonly newSession: () => string
  /** How long a claim stands without a sign of life of its session. */
  readonly leaseMs: number
  /** Called after each sweep: deletes what is not to be kept any longer. */
  readonly tidy: ((driver: Driver) => Promise<void>) | undefined
  /** Facts after which a checkpoint is worth its write. */
  readonly checkpointBytes: number
  /** Runs that stay in memory while nothing happens in them; 0: every turn begins with what the storage has. */
  readonly cacheRuns: number
  /** How long an event waits for its wait. */
  readonly keepEventsMs: number
}
