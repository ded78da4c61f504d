import type { Occurrence } from './timeline.js'
import { WaitedInVain } from './waited-in-vain.js'
import type { World } from './world.js'

/** Kept, because tests put clocks of their own in the places of timers. */
const { setImmediate: immediately } = globalThis
const { nextTick } = process

/** So many things happen before the event loop gets its turn. */
const BETWEEN_TURNS = 64
/** Turns of the event loop without news after which time passes though nobody has asked for it. */
const IDLE_TURNS = 16
const CHECKS_OF_PATIENCE = 1_024
const SHOWN = 30

/** Lets one thing happen after the other, each only when nothing is left to do of what came before. */
export async function runPump(world: World): Promise<void> {
  let happened = 0
  let idle = 0
  for (;;) {
    await microtasks()
    if (world.isOver) return
    if (world.goals.tellSettled()) continue
    const next = world.timeline.take(world.order)
    if (!next) {
      idle = await rest(world, idle)
      continue
    }
    idle = 0
    happen(world, next)
    happened += 1
    if (happened % BETWEEN_TURNS === 0) await turn()
  }
}

/** Nothing can happen now. Answers for how many turns that has been so. */
async function rest(world: World, idle: number): Promise<number> {
  if (world.performing > 0 || hasImmediates()) await turn()
  else if (!world.goals.isEmpty) passTime(world)
  else if (!world.passesByItself) await world.untilRoused()
  else if (idle >= IDLE_TURNS) await (passTime(world) ? undefined : world.untilRoused())
  else {
    await turn()
    return idle + 1
  }
  return idle
}

function happen(world: World, occurrence: Occurrence): void {
  const { trace, dice, elapsed } = world
  const { of: process, kind, label } = occurrence
  if (dice.tire()) world.heal()
  process?.suffer()
  if (process && !process.admits(occurrence)) return
  world.occurrences += 1
  trace.add(`${elapsed} ${process?.name ?? '-'} ${kind} ${label}`)
  occurrence.happen()
  if (world.occurrences % CHECKS_OF_PATIENCE === 0) losePatience(world)
}

function losePatience(world: World): void {
  const text = `what is waited for has not come after ${world.patience} occurrences`
  world.goals.fail(world.occurrences - world.patience, () => new WaitedInVain(`${text}\n${pendingText(world)}`))
}

/** Whether there was something to let it pass for. */
function passTime(world: World): boolean {
  const { goals, timeline } = world
  if (goals.tellReached(timeline.elapsed)) return true
  const to = Math.min(timeline.nextAt() ?? Number.POSITIVE_INFINITY, goals.next)
  if (Number.isFinite(to)) {
    timeline.goTo(to)
    return true
  }
  const text = 'nothing is left to happen, and what is waited for has not come'
  return goals.fail(world.occurrences, () => new WaitedInVain(`${text}\n${pendingText(world)}`))
}

function pendingText(world: World): string {
  const pending = world.timeline.pending().map(({ inMs, occurrence: { of, kind, label } }) => {
    return `  in ${inMs} ms: ${of?.name ?? '-'} ${kind} ${label}`
  })
  const processes = world.processes.map(({ name, isAlive, isFrozen }) => {
    return `${name} (${isAlive ? (isFrozen ? 'stands still' : 'alive') : 'dead'})`
  })
  return [`processes: ${processes.join(', ')}`, `pending: ${pending.length}`, ...pending.slice(0, SHOWN)].join('\n')
}

/**
 * Until no microtask is left: ticks come after all of them. Called from a microtask, as everything after an `await`
 * is, or it would come too early.
 */
const microtasks = (): Promise<void> => new Promise((resolve) => nextTick(resolve))

/** Turns that pumps wait for; several worlds may live at once. */
let turning = 0

function turn(): Promise<void> {
  turning += 1
  return new Promise((resolve) => {
    immediately(() => {
      turning -= 1
      resolve()
    })
  })
}

/** Whether somebody else waits for a turn of the event loop. */
function hasImmediates(): boolean {
  let count = 0
  for (const resource of process.getActiveResourcesInfo()) if (resource === 'Immediate') count += 1
  return count > turning
}
