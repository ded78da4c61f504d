import type { Frame } from './state.js'
import type { Turn } from './turn.js'

/** Counts a leaf in or out, in its own frame and in all around it. */
export function bump(turn: Turn, frame: Frame, by: number): void {
  for (let around: Frame | undefined = frame; around; around = around.parent) {
    turn.undo.set(around, 'busy', around.busy + by)
  }
}
