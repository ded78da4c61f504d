import type { GraphNode, ParallelNode } from '../../graph/node.js'
import { cameTo, recordOf, withRecords } from '../came-to.js'
import type { Results } from '../state.js'
import type { KindLogic } from './kind.js'
import { enterMembers, gatheredFrom, memberLogic, revisitMember } from './members.js'

const hasFailed = (results: Results, member: GraphNode): boolean =>
  withRecords(member).some((step) => recordOf(results, step)?.status === 'failed')

/** A failure that is allowed came to `null`. */
const spares = ({ allowFailure }: ParallelNode, results: Results, member: GraphNode): boolean =>
  allowFailure && hasFailed(results, member)

export const parallelLogic: KindLogic<ParallelNode> = {
  ...memberLogic,
  enter(turn, frame) {
    enterMembers(turn, frame, () => true)
  },
  revisit: (turn, frame, { slot }) => revisitMember(turn, frame, { slot, taken: () => true }),
  cameTo: (node, results) =>
    gatheredFrom(node.members, (member) => (spares(node, results, member) ? null : cameTo(results, member))),
  spares,
}
