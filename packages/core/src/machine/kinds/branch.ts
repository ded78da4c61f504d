import type { BranchNode, GraphNode } from '../../graph/node.js'
import { close, issue } from '../activity.js'
import { cameTo, isKnown } from '../came-to.js'
import { failActivity } from '../failure.js'
import type { Frame } from '../state.js'
import type { KindLogic } from './kind.js'
import { enterMembers, gatheredFrom, memberLogic, revisitMember } from './members.js'

const wasTaken = ({ children, inner }: Frame, slot: number, arm: GraphNode): boolean =>
  children?.has(slot) === true || isKnown(inner.results, arm)

/** Conditions are evaluated once; a resume never asks again. */
export const branchLogic: KindLogic<BranchNode> = {
  ...memberLogic,
  enter(turn, frame) {
    issue(turn, frame, { part: 'conditions', input: frame.input })
  },
  /** An arm that was not taken is taken instead of those that were. */
  revisit(turn, frame, { slot }) {
    const taken = frame.node.members.map(({ node }, at) => wasTaken(frame, at, node))
    return revisitMember(turn, frame, { slot, taken: (other) => taken[slot] === true && taken[other.slot] === true })
  },
  cameTo(node, results) {
    const known = node.members.filter((member) => isKnown(results, member.node))
    return gatheredFrom(known, (member) => cameTo(results, member))
  },
  spares: (_node, results, member) => !isKnown(results, member),
  answered(turn, activity, event) {
    const { frame } = activity
    if (event.type === 'step-failed') return failActivity(turn, activity, event)
    if (event.type !== 'condition-evaluated') return false
    close(turn, activity)
    enterMembers(turn, frame, (slot) => event.taken?.includes(slot) === true)
    return true
  },
}
