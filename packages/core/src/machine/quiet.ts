import { kinds } from './kinds/index.js'
import { writeRecord } from './record.js'
import type { Frame } from './state.js'
import { tellStep } from './telling.js'
import { pauseTime } from './time.js'
import type { Turn } from './turn.js'

/**
 * Tells the blocks around a frame that all that is left in it is suspended, as far up as that is true. A block may
 * end on that (a failed member outweighs a suspended one); then nothing further up is told by this walk.
 */
export function quiet(turn: Turn, frame: Frame): void {
  if (frame.busy > 0) return
  pauseTime(turn, frame)
  if (frame.record?.status === 'running') {
    writeRecord(turn, frame, { status: 'suspended', suspendedAt: turn.stamp })
    tellStep(turn, 'step-suspended', frame)
  }
  if (!kinds[frame.node.kind].fellQuiet?.(turn, frame)) tellAround(turn, frame)
}

/** Goes on where a frame had something to do first. */
export function tellAround(turn: Turn, frame: Frame): void {
  const { parent } = frame
  if (frame.busy > 0 || !parent) return
  if (!kinds[parent.node.kind].childQuiet?.(turn, parent, frame)) quiet(turn, parent)
}
