import { type Flow, flowsIn, type Piece, type Plan } from './plan.ts'

/**
 * Whether the story of a plan is the same in each order of what runs side by side. It is not where a step cancels the run, nor where
 * items under way at once may stop others from beginning.
 */
export const isOrderFree = ({ flow }: Plan): boolean =>
  !some(flow, (piece) => {
    if (piece.kind === 'step') return piece.end === 'aborts'
    return piece.kind === 'items' && piece.concurrency > 1 && some(piece.body, mayStop)
  })

const some = (flow: Flow, is: (piece: Piece) => boolean): boolean =>
  flow.some((piece) => is(piece) || flowsIn(piece).some((inside) => some(inside, is)))

/** Whether it may fail, bail or suspend. */
function mayStop(piece: Piece): boolean {
  switch (piece.kind) {
    case 'step':
      return piece.end !== 'gives' || piece.asks > 0 || piece.fails > 0
    case 'map':
      return piece.end !== 'gives'
    case 'wait':
      return piece.comes === 'nothing'
    case 'branch':
    case 'loop':
      return piece.throws
    case 'items':
      return piece.says === 'throws' || piece.count === undefined
    default:
      return false
  }
}
