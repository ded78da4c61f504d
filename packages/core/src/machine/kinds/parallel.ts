import type { ParallelNode } from '../../graph/node.js'
import type { KindLogic } from './kind.js'
import { enterMembers, memberLogic } from './members.js'

export const parallelLogic: KindLogic<ParallelNode> = {
  ...memberLogic,
  enter(turn, frame) {
    enterMembers(turn, frame, () => true)
  },
}
