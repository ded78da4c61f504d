import type { WaitForEventNode } from '../../graph/node.js'
import { close, issue } from '../activity.js'
import { bump } from '../busy.js'
import { failActivity } from '../failure.js'
import { startRecord, writeRecord } from '../record.js'
import { tellStep } from '../telling.js'
import { startWait } from '../waits.js'
import type { KindLogic } from './kind.js'

/** Waits until an event is given to it; what comes is its output. With `perStep` it counts as a step. */
export const waitForEventLogic: KindLogic<WaitForEventNode> = {
  result: 'own',
  /** Also of a fixed key it is recorded that it is waited for: that entry is the name of the wait. */
  enter(turn, frame) {
    issue(turn, frame, { part: 'key', input: frame.input })
  },
  answered(turn, activity, event) {
    const { frame } = activity
    if (event.type === 'step-failed') return failActivity(turn, activity, event)
    if (event.type !== 'event-awaited') return false
    close(turn, activity)
    startRecord(turn, frame)
    writeRecord(turn, frame, { status: 'waiting' })
    tellStep(turn, 'step-waits', frame)
    startWait(turn, frame, event)
    bump(turn, frame, 1)
    return true
  },
}
