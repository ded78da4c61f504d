import type { BranchNode } from '../../graph/node.js'
import { close, issue } from '../activity.js'
import { failActivity } from '../failure.js'
import { forget, isKnown } from '../revisit.js'
import type { KindLogic } from './kind.js'
import { enterMembers, gatheredFrom, memberLogic, revisitMember } from './members.js'

/** Conditions are evaluated once; a resume never asks again. */
export const branchLogic: KindLogic<BranchNode> = {
  ...memberLogic,
  optional: true,
  enter(turn, frame) {
    issue(turn, frame, { part: 'conditions', input: frame.input })
  },
  /** An arm that was not taken is taken instead of those that were. */
  revisit(turn, frame, { slot }) {
    const target = frame.node.members[slot]?.node
    const { results } = frame.inner
    const wasTaken = target !== undefined && isKnown(results, target)
    const revisited = revisitMember(turn, frame, { slot, taken: (node) => wasTaken && isKnown(results, node) })
    for (const [other, { node }] of frame.node.members.entries())
      if (!wasTaken && other !== slot) forget(turn, frame, node)
    return revisited
  },
  cameTo: ({ members }, results) => gatheredFrom(members, results),
  answered(turn, activity, event) {
    const { frame } = activity
    if (event.type === 'step-failed') return failActivity(turn, activity, event)
    if (event.type !== 'condition-evaluated') return false
    close(turn, activity)
    enterMembers(turn, frame, (slot) => event.taken?.includes(slot) === true)
    return true
  },
}
