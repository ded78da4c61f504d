import { type Frame, type RunState, suspendedIn } from '../machine/index.js'

/**
 * Where a workflow's own steps stand, by their ids: an index for each place on the way to the step. Behind a parallel
 * or branch stands the member's index, behind a foreach the item's; a loop adds none. Nested workflows count as steps.
 */
export type StepPaths = Readonly<Record<string, readonly number[]>>

const isAtWork = ({ phase, rest }: RunState): boolean => phase === 'running' && rest !== 'paused'

/** Steps that are under way: they run, wait for another attempt or a moment, or something in them does. */
export function activePaths(state: RunState): StepPaths {
  return isAtWork(state) ? pathsOf([...stepsIn(state.root)].filter(({ busy }) => busy > 0)) : {}
}

/** Of those, the ones in which a sleep waits for its moment, or a node for its event. */
export function waitingPaths({ timers, waits, suspended }: RunState): StepPaths {
  // The timer of a start that is still to come belongs to the run, not to a step.
  const asleep = [...timers.values()].flatMap(({ what, frame }) => (what === 'wake' && frame.parent ? frame : []))
  return pathsOf([...asleep, ...[...waits.values()].flatMap(({ at, frame }) => (suspended.has(at) ? [] : frame))])
}

export function suspendedPaths(state: RunState): StepPaths {
  return pathsOf(suspendedIn(state).map(({ frame }) => frame))
}

/** Of items that are there under one id, the first is told. */
function pathsOf(frames: readonly Frame[]): StepPaths {
  const paths = new Map<string, readonly number[]>()
  for (const frame of frames) {
    const step = ownStep(frame)
    if (!paths.has(step.node.id)) paths.set(step.node.id, indexPath(step))
  }
  return Object.fromEntries(paths)
}

/** The step of the outermost workflow that a frame is or lies in. */
function ownStep(frame: Frame): Frame {
  let step = frame
  for (let around: Frame | undefined = frame; around?.parent; around = around.parent) {
    if ('graph' in around.node) step = around
  }
  return step
}

function indexPath(step: Frame): readonly number[] {
  const path: number[] = []
  for (let around = step; around.parent; around = around.parent) {
    if (!('loopType' in around.parent.node)) path.push(around.slot)
  }
  return path.reverse()
}

/** Steps of the outermost workflow that have been entered and not left, in the order of their places. */
function* stepsIn(frame: Frame): Generator<Frame> {
  const children = [...(frame.children?.values() ?? [])].sort((one, other) => one.slot - other.slot)
  for (const child of children) {
    const { node } = child
    if ('nodes' in node || 'members' in node || 'body' in node) yield* stepsIn(child)
    else yield child
  }
}
