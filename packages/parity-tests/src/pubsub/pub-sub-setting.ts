import type { VirtualClock } from '../clock/virtual-clock.js'

export interface PubSubSetting {
  /** The clock that the pub/sub waits on, such as before hints come again. One that waits elsewhere leaves it alone. */
  readonly clock: VirtualClock
  /** No other broker has this name, in any process: for the prefix of what is shared, such as keys, subjects or tables. */
  readonly broker: string
}
