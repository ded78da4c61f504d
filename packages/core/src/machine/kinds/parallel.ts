import type { ParallelNode } from '../../graph/node.js'
import type { KindLogic } from './kind.js'
import { enterMembers, gatheredFrom, memberLogic, revisitMember } from './members.js'

export const parallelLogic: KindLogic<ParallelNode> = {
  ...memberLogic,
  enter(turn, frame) {
    enterMembers(turn, frame, () => true)
  },
  revisit: (turn, frame, { slot }) => revisitMember(turn, frame, { slot, taken: () => true }),
  /** Nothing, as long as a member is not over. */
  cameTo({ members }, results) {
    const output = gatheredFrom(members, results)
    return output.fields.length === members.length ? output : undefined
  },
}
