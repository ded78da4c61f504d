import type { Storage, StorageCapabilities } from '@wf/core'
import type { VirtualClock } from '../clock/virtual-clock.js'

/** What a rule is checked on. */
export interface StorageContext {
  /** Fresh and empty. */
  readonly storage: Storage
  /** The same data through another object, as a second process would reach it; the same object where none can. */
  peer(): Promise<Storage>
  /** Another fresh and empty one, which shares nothing with `storage`. */
  create(): Promise<Storage>
  /** The storage's clock. */
  readonly clock: VirtualClock
  /** What the suite was told, not what the storage says. */
  readonly capabilities: StorageCapabilities
}
