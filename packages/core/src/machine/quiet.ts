import { kinds } from './kinds/index.js'
import { writeRecord } from './record.js'
import type { Frame } from './state.js'
import { pauseTime } from './time.js'
import type { Turn } from './turn.js'

/**
 * Tells the blocks around a frame that all that is left in it is suspended, as far up as that is true. A block may
 * end on that (a failed member outweighs a suspended one); then nothing further up is told by this walk.
 */
export function quiet(turn: Turn, frame: Frame): void {
  let child = frame
  while (child.busy === 0) {
    pauseTime(turn, child)
    if (child.record?.status === 'running') writeRecord(turn, child, { status: 'suspended', suspendedAt: turn.stamp })
    const parent = child.parent
    if (!parent) return
    if (kinds[parent.node.kind].childQuiet?.(turn, parent, child)) return
    child = parent
  }
}
