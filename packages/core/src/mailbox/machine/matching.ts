import type { Folding } from '../../keeper/small-machine.js'
import type { Undo } from '../../machine/undo.js'
import type { Heap } from './heap.js'
import {
  canExpire,
  emptyRunBox,
  isOpenEvent,
  isOpenWait,
  type KeptEvent,
  type KeptWait,
  type Mailbox,
  type RunBox,
} from './mailbox-state.js'

/** Who gets what: the first event that fits goes to the first wait that it fits. */

export function runBox({ runs }: Mailbox, run: string, undo: Undo): RunBox {
  const there = runs.get(run)
  if (there) return there
  const made = emptyRunBox()
  undo.put(runs, run, made)
  return made
}

/** An event that nobody has been given: to the first wait that it fits, or where the next one will look for it. */
export function offer(box: Mailbox, event: KeptEvent, folding: Folding): void {
  const { undo } = folding
  const { run, seq } = event
  const own = run === undefined ? undefined : runBox(box, run, undo)
  const wait = firstWait(box, own?.open ?? box.waiting, undo)
  if (wait) return give(box, { wait, event }, folding)
  const queue = own?.events ?? box.open
  undo.put(box.events, seq, event)
  queue.push(seq, undo)
  queue.sweep(box.events.size, { isLive: (one) => isOpenEvent(box, one), undo })
  putExpiry(box, event, undo)
}

/** To every run that waits, in the order of its first wait. */
export function offerToAll(box: Mailbox, event: KeptEvent, folding: Folding): void {
  const { undo } = folding
  undo.put(box.events, event.seq, event)
  undo.append(box.broadcasts, event.seq)
  undo.set(box, 'live', box.live + 1)
  putExpiry(box, event, undo)
  const waiting = box.waiting.items.filter((turn) => isOpenWait(box, turn)).sort((one, other) => one - other)
  for (const turn of waiting) {
    const wait = box.waits.get(turn)
    if (wait && runBox(box, wait.run, undo).seen < event.seq) give(box, { wait, event }, folding)
  }
}

/** The first event that fits, if there is one; otherwise the wait is where the next event will look for it. */
export function serve(box: Mailbox, wait: KeptWait, folding: Folding): void {
  const { undo } = folding
  const own = runBox(box, wait.run, undo)
  const found = [
    firstEvent(box, box.open, undo),
    firstEvent(box, own.events, undo),
    firstBroadcast(box, own.seen),
  ].filter((event) => event !== undefined)
  const [first, ...others] = found
  if (!first) {
    const isLive = (turn: number): boolean => isOpenWait(box, turn)
    box.waiting.push(wait.turn, undo)
    box.waiting.sweep(box.waits.size, { isLive, undo })
    own.open.push(wait.turn, undo)
    own.open.sweep(own.waits, { isLive, undo })
    return
  }
  const event = others.reduce((least, other) => (other.seq < least.seq ? other : least), first)
  give(box, { wait, event }, folding)
  // It lies at the top of the queue from which it came.
  for (const queue of [box.open, own.events]) if (queue.first === event.seq) queue.pop(undo)
}

/** One that was given for all the run's waits goes to the next of these alone. */
export function giveBack(box: Mailbox, { mail: event, run }: KeptWait, folding: Folding): void {
  const { undo } = folding
  if (!event) return
  undo.set(event, 'out', event.out - 1)
  if (!event.isBroadcast) return offer(box, event, folding)
  if (event.isOver) return dropIfOver(box, event, undo)
  const own = runBox(box, run, undo)
  const wait = firstWait(box, own.open, undo)
  if (wait) give(box, { wait, event }, folding)
  else own.events.push(event.seq, undo)
}

/** An event is gone for good. */
export function drop(box: Mailbox, event: KeptEvent, undo: Undo): void {
  undo.remove(box.events, event.seq)
  undo.append(box.lately.gone, event)
}

export function dropIfOver(box: Mailbox, event: KeptEvent, undo: Undo): void {
  if (event.isOver && event.out === 0) drop(box, event, undo)
}

/** Nothing that concerns the run alone is left. What it has seen matters only while something is kept for all. */
export function closeRun(box: Mailbox, run: string, undo: Undo): void {
  const own = box.runs.get(run)
  if (!own || own.waits > 0 || firstEvent(box, own.events, undo)) return
  if (own.seen === 0 || box.live === 0) undo.remove(box.runs, run)
}

interface Gift {
  readonly wait: KeptWait
  readonly event: KeptEvent
}

function give(box: Mailbox, { wait, event }: Gift, { undo, stamp }: Folding): void {
  undo.put(box.events, event.seq, event)
  undo.set(event, 'out', event.out + 1)
  undo.set(wait, 'mail', event)
  undo.put(box.given, wait.turn, wait)
  undo.put(box.givenTo, wait.workflow, (box.givenTo.get(wait.workflow) ?? 0) + 1)
  undo.set(box, 'gave', stamp)
  undo.append(box.lately.given, wait)
  if (!event.isBroadcast) return
  const own = runBox(box, wait.run, undo)
  undo.set(own, 'seen', Math.max(own.seen, event.seq))
}

/** Takes from the top what is of no use any more. */
function firstWait(box: Mailbox, queue: Heap<number>, undo: Undo): KeptWait | undefined {
  for (let turn = queue.first; turn !== undefined; turn = queue.first) {
    if (isOpenWait(box, turn)) return box.waits.get(turn)
    queue.pop(undo)
  }
  return undefined
}

function firstEvent(box: Mailbox, queue: Heap<number>, undo: Undo): KeptEvent | undefined {
  for (let seq = queue.first; seq !== undefined; seq = queue.first) {
    if (isOpenEvent(box, seq)) return box.events.get(seq)
    queue.pop(undo)
  }
  return undefined
}

function firstBroadcast(box: Mailbox, seen: number): KeptEvent | undefined {
  const { broadcasts, events } = box
  for (let at = Math.max(box.over, firstAbove(broadcasts, seen)); at < broadcasts.length; at += 1) {
    const seq = broadcasts[at]
    if (seq !== undefined && isOpenEvent(box, seq)) return events.get(seq)
  }
  return undefined
}

function firstAbove(sorted: readonly number[], limit: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (Number(sorted[middle]) <= limit) low = middle + 1
    else high = middle
  }
  return low
}

/** One that all were to get is so no longer. */
export function closeBroadcast(box: Mailbox, event: KeptEvent, undo: Undo): void {
  undo.set(event, 'isOver', true)
  undo.set(box, 'live', box.live - 1)
  let { over } = box
  for (let seq = box.broadcasts[over]; seq !== undefined && !isOpenEvent(box, seq); seq = box.broadcasts[over])
    over += 1
  undo.set(box, 'over', over)
  if (box.broadcasts.length <= MANY + 2 * box.live) return
  undo.set(
    box,
    'broadcasts',
    box.broadcasts.filter((seq) => isOpenEvent(box, seq)),
  )
  undo.set(box, 'over', 0)
}

const MANY = 32

export function putExpiry(box: Mailbox, { until: at, seq }: Pick<KeptEvent, 'until' | 'seq'>, undo: Undo): void {
  const { expiries, events, textOf } = box
  expiries.push({ at, seq }, undo)
  expiries.sweep(events.size + textOf.size, { isLive: (one) => canExpire(box, one), undo })
}
