import { packState, packsWell, unpackState } from '../machine/index.js'
import { Fold } from './fold.js'
import { statusOf } from './result.js'
import type { Values } from './values.js'

/** A fold that nobody has use for until somebody goes on with the run: its state in one text, its values in a row. */
export interface PutAway {
  readonly graph: Fold['graph']
  readonly state: string
  readonly status: string
  readonly keepInner: boolean
  readonly row: readonly unknown[]
  readonly head: Fold['head']
  readonly firstAt: number | undefined
  readonly lastAt: number | undefined
  readonly skewMs: number
  readonly travelled: boolean
}

/** `undefined`: it is better left as it is. */
export function putAway(fold: Fold): PutAway | undefined {
  const { graph, state, values, head, firstAt, lastAt, skewMs, travelled } = fold
  const isPlain = state.rest === 'suspended' && state.timers.size + state.waits.size === 0 && !fold.timedOut
  if (!isPlain || fold.outdated || fold.turn.told || !packsWell(state)) return undefined
  const row = values.row()
  const { keepInner } = state
  const status = statusOf(state)
  return row && { graph, state: packState(state), status, keepInner, row, head, firstAt, lastAt, skewMs, travelled }
}

/** The same fold again; `values` has none yet. */
export function takeOut({ graph, state, keepInner, row, ...away }: PutAway, values: Values): Fold {
  const { head, firstAt, lastAt, skewMs, travelled } = away
  values.fill(row)
  const fold = new Fold(graph, values, unpackState(graph, state, { keepInner }))
  return Object.assign(fold, { head, firstAt, lastAt, skewMs, travelled })
}
