import type { BranchNode } from '../../graph/node.js'
import { close, issue } from '../activity.js'
import { failActivity } from '../failure.js'
import type { KindLogic } from './kind.js'
import { enterMembers, memberLogic } from './members.js'

/** Conditions are evaluated once; a resume never asks again. */
export const branchLogic: KindLogic<BranchNode> = {
  ...memberLogic,
  enter(turn, frame) {
    issue(turn, frame, { part: 'conditions', input: frame.input })
  },
  answered(turn, activity, event) {
    const { frame } = activity
    if (event.type === 'step-failed') return failActivity(turn, activity, event)
    if (event.type !== 'condition-evaluated') return false
    close(turn, activity)
    enterMembers(turn, frame, (slot) => event.taken?.includes(slot) === true)
    return true
  },
}
