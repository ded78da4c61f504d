import { commands, type Frame, type RunState } from '../../src/machine/index.js'

export function framesIn(frame: Frame): readonly Frame[] {
  return [frame, ...[...(frame.children?.values() ?? [])].flatMap(framesIn)]
}

/** All in which a state contradicts itself; derived members are computed anew from scratch. */
export function faultsOf(state: RunState): readonly string[] {
  const frames = framesIn(state.root)
  return [
    ...frames.flatMap((frame) => frameFaults(state, frame)),
    ...outstandingFaults(state, frames),
    ...(isStuck(state) ? ['nothing is outstanding'] : []),
  ].map((fault) => `${state.phase}: ${fault}`)
}

function isStuck(state: RunState): boolean {
  const waits = state.phase === 'unstarted' || state.phase === 'ended' || state.rest !== undefined
  const running = [...state.activities.values()].some(({ claim }) => claim)
  return !waits && !running && commands(state).length === 0
}

function busyOf(state: RunState, frame: Frame): number {
  const { activity, path, children } = frame
  const asks = activity && (frame.parent || activity.part === 'output') && !state.suspended.has(activity.key) ? 1 : 0
  const sleeps = state.timers.has(`${path}/wake`) ? 1 : 0
  const waits = !activity && state.waits.get(path)?.frame === frame ? 1 : 0
  return [...(children?.values() ?? [])].reduce((sum, child) => sum + busyOf(state, child), asks + sleeps + waits)
}

function frameFaults(state: RunState, frame: Frame): readonly string[] {
  const { children, path } = frame
  const expected = {
    ...bookkeeping(state, frame),
    busy: busyOf(state, frame),
    timed: state.timers.has(`${path}/timeout`),
  }
  const actual = { ...bookkept(frame), busy: frame.busy, timed: frame.runsSince !== undefined }
  const faults = compare(`frame "${path}"`, actual, expected)
  if (children?.size === 0 && frame.activity === undefined) faults.push(`frame "${path}" has nothing in it`)
  if ('body' in frame.node && !('loopType' in frame.node) && inFlight(frame) > frame.concurrency)
    faults.push(`foreach "${path}" has ${inFlight(frame)} items in flight`)
  return faults
}

const isForeach = (frame: Frame): boolean => frame.node.kind === 'foreach'
const itemsOf = (frame: Frame): readonly Frame[] => [...(frame.children?.values() ?? [])]
const heldIn = (frame: Frame): readonly Frame[] => itemsOf(frame).filter(({ heldAt }) => heldAt !== undefined)
const quietIn = (frame: Frame): readonly Frame[] => itemsOf(frame).filter(({ busy }) => busy === 0)

const inFlight = (frame: Frame): number => itemsOf(frame).length - quietIn(frame).length - heldIn(frame).length

const bookkept = (frame: Frame) =>
  isForeach(frame) ? { quiet: frame.quiet, held: frame.heldCount, begun: frame.position } : {}

const bookkeeping = (state: RunState, frame: Frame) =>
  isForeach(frame) ? { quiet: quietIn(frame).length, held: heldIn(frame).length, begun: begunIn(state, frame) } : {}

/** A time travel begins items before their turn, and has the others tried in turn again. */
function begunIn({ generation }: RunState, frame: Frame): number {
  const begun = frame.settled + itemsOf(frame).length
  return generation > 0 && frame.position < begun && begun <= frame.size ? frame.position : begun
}

function compare(what: string, actual: Record<string, unknown>, expected: Record<string, unknown>): string[] {
  return Object.keys(expected)
    .filter((key) => actual[key] !== expected[key])
    .map((key) => `${what}: ${key} is ${actual[key]} instead of ${expected[key]}`)
}

const isHeld = (frame: Frame | undefined): boolean =>
  frame !== undefined && (frame.heldAt !== undefined || isHeld(frame.parent))

function outstandingFaults(state: RunState, frames: readonly Frame[]): readonly string[] {
  const activities = frames.flatMap(({ activity }) => activity ?? [])
  const open = activities.filter(
    ({ key, claim, frame }) => !claim && !state.suspended.has(key) && !state.timers.has(key) && !isHeld(frame),
  )
  const keys = (of: Iterable<{ readonly key: string }>) => [...of].map(({ key }) => key).sort()
  return [
    ...compareKeys('activities', [...state.activities.keys()].sort(), keys(activities)),
    ...compareKeys('ready', [...state.ready.keys()].sort(), keys(open)),
    ...[...state.suspended.values()]
      .filter(({ suspension, claim }) => !suspension || claim)
      .map(({ key }) => `${key} is no suspension`),
    ...[...state.timers.values()]
      .filter(({ frame }) => !frames.includes(frame))
      .map(({ key }) => `${key} is a timer of nothing`),
    ...[...state.waits.values()]
      .filter(({ at, frame }) => !frames.includes(frame) || (frame.activity && !state.suspended.has(at)))
      .map(({ at }) => `${at} is a wait of nothing`),
    ...[...state.unplaced]
      .filter(([at, wait]) => state.waits.get(at) !== wait)
      .map(([at]) => `${at} is to be placed and is no wait`),
    ...[...state.timers.values()]
      .filter(({ what, frame }) => what === 'event' && !state.waits.has(frame.path))
      .map(({ key }) => `${key} is a timer of no wait`),
    ...[...state.timers.values()]
      .filter(({ what, key }) => what === 'retry' && (!state.activities.has(key) || state.activities.get(key)?.claim))
      .map(({ key }) => `${key} is no retry`),
  ]
}

const compareKeys = (what: string, actual: readonly string[], expected: readonly string[]): readonly string[] =>
  actual.join() === expected.join() ? [] : [`${what}: [${actual}] instead of [${expected}]`]
