import type { SleepNode, SleepUntilNode } from '../../graph/node.js'
import { close, issue } from '../activity.js'
import type { RunEvent } from '../event.js'
import { failActivity } from '../failure.js'
import { markStep } from '../per-step.js'
import { startRecord, writeRecord } from '../record.js'
import { settle, succeeded } from '../settle.js'
import type { Activity, Due, Frame } from '../state.js'
import { tellStep } from '../telling.js'
import { dueOf, endWake, startWake } from '../time.js'
import type { Turn } from '../turn.js'
import type { KindLogic } from './kind.js'

type Sleep = Frame<SleepNode | SleepUntilNode>

function sleep(turn: Turn, frame: Sleep, due: Due): void {
  startRecord(turn, frame)
  writeRecord(turn, frame, { status: 'waiting' })
  tellStep(turn, 'step-waits', frame)
  startWake(turn, frame, due)
}

function answered(turn: Turn, activity: Activity<Sleep['node']>, event: RunEvent): boolean {
  const { frame } = activity
  if (event.type === 'step-failed') return failActivity(turn, activity, event)
  if (event.type !== 'sleep-computed') return false
  close(turn, activity)
  sleep(turn, frame, dueOf(turn, event) ?? { from: turn.stamp, delayMs: 0 })
  return true
}

/** What went in comes out; with `perStep` a sleep counts as a step. */
function woken(turn: Turn, frame: Sleep): void {
  endWake(turn, frame)
  markStep(turn)
  settle(turn, frame, succeeded(frame.input))
}

export const sleepLogic: KindLogic<SleepNode> = {
  result: 'own',
  /** Where nothing may begin now, a fixed duration is asked for too: it counts from when the run goes on. */
  enter(turn, frame) {
    const { durationMs } = frame.node
    if (durationMs === undefined || turn.state.stepped) issue(turn, frame, { part: 'duration', input: frame.input })
    else sleep(turn, frame, { from: turn.stamp, delayMs: durationMs })
  },
  answered,
  woken,
}

export const sleepUntilLogic: KindLogic<SleepUntilNode> = {
  result: 'own',
  /** Also a fixed date is recorded: processes that have built it from their own time must not disagree. */
  enter(turn, frame) {
    issue(turn, frame, { part: 'date', input: frame.input })
  },
  answered,
  woken,
}
