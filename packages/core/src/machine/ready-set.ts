import type { Graph } from '../graph/node.js'
import { nodesAlong, placeOf } from '../graph/place.js'
import { FewMap } from './few-map.js'
import type { Activity } from './state.js'

type Queue = Activity[]

interface Queues {
  readonly byPlace: Map<string, Queue>
  /**
   * By the path of what is around: of a loop or foreach the one that all its children share, of anything else the name of
   * its place in the graph. With either the graph is looked at for the first child only.
   */
  readonly byParent: Map<string, Queue | string>
  /** Where each activity stands. */
  readonly byKey: Map<string, Queue>
  /** Those in which one stands: of thousands of branches most have gone soon. */
  readonly busy: Set<Queue>
}

/**
 * Activities that may be claimed. Those that are alike, because they are the same part of one place in the graph, stand in
 * a queue in the order of issue, whichever way they came here: so every fold finds the same one first, and none has to
 * look through thousands.
 */
export class ReadySet extends FewMap<string, Activity> {
  /** Made when somebody asks, and gone with the last activity. */
  private queues: Queues | undefined

  constructor(private readonly graph: Graph) {
    super()
  }

  override set(key: string, activity: Activity): void {
    this.leave(key)
    super.set(key, activity)
    if (this.queues) this.enter(this.queues, activity)
  }

  override delete(key: string): boolean {
    this.leave(key)
    return super.delete(key)
  }

  override clear(): void {
    super.clear()
    this.queues = undefined
  }

  /** The first of those that are like the activity of this key, which itself may be gone. */
  firstLike(key: string): Activity | undefined {
    return this.queueOf(this.sorted(), key)[0]
  }

  /** All of them, those that are alike together. The queues are those in use: what is claimed leaves them. */
  alike(): readonly (readonly Activity[])[] {
    const queues = [...this.sorted().busy]
    // They mostly stand in the order in which they came, which mostly is that of issue.
    return isInOrder(queues) ? queues : queues.sort(([one], [other]) => seqOf(one) - seqOf(other))
  }

  private sorted(): Queues {
    if (this.queues) return this.queues
    const queues: Queues = { byPlace: new Map(), byParent: new Map(), byKey: new Map(), busy: new Set() }
    const inOrder = [...this.values()].sort((one, other) => one.seq - other.seq)
    for (const activity of inOrder) this.enter(queues, activity)
    this.queues = queues
    return queues
  }

  private queueOf({ byParent, byPlace }: Queues, key: string): Queue {
    const dot = key.lastIndexOf('.')
    const slash = key.indexOf('/', dot)
    const part = slash < 0 ? '' : key.slice(slash)
    const parent = dot < 0 ? key : key.slice(0, dot) + part
    const known = byParent.get(parent)
    if (typeof known === 'object') return known
    if (known !== undefined) return queueAt(byPlace, known + key.slice(dot))
    const slots = key
      .slice(0, key.length - part.length)
      .split('.')
      .map(Number)
    if (dot < 0) return queueAt(byPlace, key)
    const place = placeOf(slots, this.graph)
    const queue = queueAt(byPlace, place + part)
    byParent.set(parent, isIterated(this.graph, slots) ? queue : place.slice(0, place.lastIndexOf('.')))
    return queue
  }

  private enter(queues: Queues, activity: Activity): void {
    const queue = this.queueOf(queues, activity.key)
    join(queue, activity)
    queues.byKey.set(activity.key, queue)
    queues.busy.add(queue)
  }

  private leave(key: string): void {
    const { queues } = this
    const queue = queues?.byKey.get(key)
    if (!queues || !queue) return
    const activity = this.get(key)
    if (queue[0] === activity) queue.shift()
    else queue.splice(placeIn(queue, seqOf(activity)), 1)
    queues.byKey.delete(key)
    if (queue.length === 0) queues.busy.delete(queue)
  }
}

function queueAt(byPlace: Map<string, Queue>, place: string): Queue {
  const there = byPlace.get(place)
  if (there) return there
  const queue: Queue = []
  byPlace.set(place, queue)
  return queue
}

function isInOrder(queues: readonly Queue[]): boolean {
  let before = -1
  for (const [first] of queues) {
    const seq = seqOf(first)
    if (seq < before) return false
    before = seq
  }
  return true
}

function isIterated(graph: Graph, slots: readonly number[]): boolean {
  const parent = nodesAlong(graph, slots.slice(0, -1)).at(-1)
  return parent !== undefined && 'body' in parent
}

const seqOf = (activity: Activity | undefined): number => (activity as Activity).seq

/** Mostly what comes was issued last. */
function join(queue: Queue, activity: Activity): void {
  const last = queue.at(-1)
  if (!last || last.seq < activity.seq) queue.push(activity)
  else queue.splice(placeIn(queue, activity.seq), 0, activity)
}

/** Where the first stands that was not issued before it. */
function placeIn(queue: readonly Activity[], seq: number): number {
  let low = 0
  let high = queue.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (seqOf(queue[middle]) < seq) low = middle + 1
    else high = middle
  }
  return low
}
