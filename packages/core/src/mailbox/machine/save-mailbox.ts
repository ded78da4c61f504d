import { WorkflowError } from '../../errors/index.js'
import type { Ref } from '../../machine/index.js'
import { Undo } from '../../machine/undo.js'
import type { Heap } from './heap.js'
import {
  emptyMailbox,
  emptyRunBox,
  isOpenEvent,
  isOpenWait,
  type KeptEvent,
  type KeptWait,
  type Mailbox,
  nameOfWait,
} from './mailbox-state.js'
import { putExpiry } from './matching.js'

/** Raised when the form changes: a checkpoint of another one is of no use. */
const FORM = 1

/** As plain JSON, and no larger than what is kept. Queues are made anew from it. */
export interface SavedMailbox {
  readonly form: number
  readonly name: string | null
  readonly key: string
  readonly sent: number
  readonly placed: number
  readonly gave: number | null
  readonly events: readonly SavedEvent[]
  readonly waits: readonly SavedWait[]
  readonly texts: readonly (readonly [text: string, seq: number, id: string, until: number])[]
  /** Runs that have seen something that is for all, and what of it a wait of theirs has given back. */
  readonly runs: readonly (readonly [run: string, seen: number, back: readonly number[]])[]
}

type SavedEvent = readonly [
  seq: number,
  id: string,
  until: number,
  place: readonly [version: number, index: number],
  at: number,
  /** For one run, for the first one that comes, for all, or for all those who have been given it already. */
  to: readonly [run: string] | 'first' | 'all' | 'over',
]

type SavedWait = readonly [
  turn: number,
  run: string,
  workflow: string,
  hash: string,
  at: string,
  of: Ref,
  mail: number | null,
]

export function saveMailbox(box: Mailbox): SavedMailbox {
  const { name = null, key, sent, placed, gave } = box
  const isBroadcast = (seq: number): boolean => isOpenEvent(box, seq) && box.events.get(seq)?.isBroadcast === true
  return {
    form: FORM,
    name,
    key,
    sent,
    placed,
    gave: gave?.at ?? null,
    events: [...box.events.values()].map(savedEvent),
    waits: [...box.waits.values()].map(savedWait),
    texts: [...box.texts].map(([text, { seq, id, until }]) => [text, seq, id, until] as const),
    runs: [...box.runs]
      .filter(([, { seen }]) => seen > 0)
      .map(([run, { seen, events }]) => [run, seen, events.items.filter(isBroadcast)] as const),
  }
}

const savedEvent = (event: KeptEvent): SavedEvent => {
  const { seq, id, until, place, stamp } = event
  return [seq, id, until, [place.version, place.index], stamp.at, toOf(event)]
}

function toOf({ run, isBroadcast, isOver }: KeptEvent): SavedEvent[5] {
  if (isBroadcast) return isOver ? 'over' : 'all'
  return run === undefined ? 'first' : [run]
}

const savedWait = ({ turn, run, workflow, hash, at, of, mail }: KeptWait): SavedWait => [
  turn,
  run,
  workflow,
  hash,
  at,
  of,
  mail ? mail.seq : null,
]

/** Nothing of it is to be taken back, so that one log for all of it will do. */
export function loadMailbox(saved: SavedMailbox): Mailbox {
  if (saved.form !== FORM) {
    const text = `a checkpoint of a mailbox has the form ${saved.form}, which this release does not know`
    throw new WorkflowError('WF_UNSUPPORTED', text)
  }
  const undo = new Undo()
  undo.clear({ takesNote: false })
  const { name, key, sent, placed, gave } = saved
  const box: Mailbox = { ...emptyMailbox(), key, sent, placed }
  if (name !== null) box.name = name
  if (gave !== null) box.gave = { at: gave }
  for (const [text, seq, id, until] of saved.texts) {
    box.texts.set(text, { seq, id, until })
    box.textOf.set(seq, text)
    box.expiries.push({ at: until, seq }, undo)
  }
  for (const event of saved.events) loadEvent(box, event)
  for (const wait of saved.waits) loadWait(box, wait)
  for (const [run, seen, back] of saved.runs) {
    const own = ownOf(box, run)
    own.seen = seen
    for (const seq of back) own.events.push(seq, undo)
  }
  queueAll(box, undo)
  return box
}

function loadEvent(box: Mailbox, [seq, id, until, [version, index], at, to]: SavedEvent): void {
  const run = Array.isArray(to) ? (to[0] as string) : undefined
  const isOver = to === 'over'
  const isBroadcast = isOver || to === 'all'
  box.events.set(seq, { seq, id, until, run, isBroadcast, isOver, place: { version, index }, stamp: { at }, out: 0 })
}

function loadWait(box: Mailbox, [turn, run, workflow, hash, at, of, mail]: SavedWait): void {
  const event = mail === null ? undefined : box.events.get(mail)
  const wait: KeptWait = { turn, run, workflow, hash, at, of, mail: event }
  box.waits.set(turn, wait)
  box.turns.set(nameOfWait(wait), turn)
  ownOf(box, run).waits += 1
  if (!event) return
  event.out += 1
  box.given.set(turn, wait)
  box.givenTo.set(workflow, (box.givenTo.get(workflow) ?? 0) + 1)
}

/** What is open goes to where the next one will look for it. */
function queueAll(box: Mailbox, undo: Undo): void {
  for (const event of box.events.values()) {
    if (!isOpenEvent(box, event.seq)) continue
    putExpiry(box, event, undo)
    if (event.isBroadcast) box.broadcasts.push(event.seq)
    else queueFor(box, event.run).push(event.seq, undo)
  }
  box.broadcasts.sort((one, other) => one - other)
  box.live = box.broadcasts.length
  for (const wait of box.waits.values()) {
    if (!isOpenWait(box, wait.turn)) continue
    box.waiting.push(wait.turn, undo)
    ownOf(box, wait.run).open.push(wait.turn, undo)
  }
}

const queueFor = (box: Mailbox, run: string | undefined): Heap<number> =>
  run === undefined ? box.open : ownOf(box, run).events

function ownOf({ runs }: Mailbox, run: string): ReturnType<typeof emptyRunBox> {
  const own = runs.get(run) ?? emptyRunBox()
  runs.set(run, own)
  return own
}
