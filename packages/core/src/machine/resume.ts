import { bump } from './busy.js'
import { isHeld } from './held.js'
import { kinds } from './kinds/index.js'
import { writeRecord } from './record.js'
import type { Activity, Frame, Resume } from './state.js'
import { tellBegun } from './telling.js'
import { startTime } from './time.js'
import type { Turn } from './turn.js'
import { leaveWait } from './waits.js'

/** Makes a suspended step ready again, with the data of its resume. */
export function resumeActivity(
  turn: Turn,
  activity: Activity,
  { resume, attempt }: { readonly resume: Resume; readonly attempt: number },
): void {
  const { state, undo } = turn
  undo.remove(state.suspended, activity.key)
  leaveWait(turn, activity.key)
  undo.set(activity, 'resume', resume)
  undo.set(activity, 'leg', activity.leg + 1)
  undo.set(activity, 'attempt', attempt)
  undo.set(activity, 'lost', 0)
  undo.set(activity, 'lostAlone', 0)
  bump(turn, activity.frame, 1)
  wake(turn, activity.frame, resume)
  if (!isHeld(activity)) undo.put(state.ready, activity.key, activity)
}

/** Everything around the step is under way again. */
function wake(turn: Turn, frame: Frame, resume: Resume): void {
  const woken: Frame[] = []
  for (let around: Frame | undefined = frame; around; around = around.parent) {
    if (resumeRecord(turn, around, resume)) woken.push(around)
    if (around.runsSince === undefined) startTime(turn, around)
    // Only the first busy leaf wakes a frame for its parent.
    if (around.busy === 1 && around.parent) kinds[around.parent.node.kind].childResumed?.(turn, around.parent, around)
  }
  for (const around of woken.reverse()) tellBegun(turn, around)
}

function resumeRecord(turn: Turn, frame: Frame, resume: Resume): boolean {
  if (frame.record?.status !== 'suspended') return false
  const { stamp } = turn
  const now = { startedAt: stamp, resume, resumedAt: stamp }
  writeRecord(turn, frame, { ...now, status: 'running', suspension: undefined, suspendedAt: undefined })
  return true
}
