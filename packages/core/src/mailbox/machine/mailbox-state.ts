import type { EntryPlace } from '../../keeper/small-machine.js'
import type { Ref, Stamp } from '../../machine/index.js'
import { Heap, lowestFirst } from './heap.js'

/** An event that is kept: it waits for its wait, or it was given and not taken yet, or all are to get it. */
export interface KeptEvent {
  readonly seq: number
  readonly id: string
  readonly until: number
  readonly run: string | undefined
  readonly isBroadcast: boolean
  /** Where its payload lies. */
  readonly place: EntryPlace
  /** When it was sent. */
  readonly stamp: Stamp
  /** So many waits have been given it that have not taken it yet; more than one only where all are to get it. */
  out: number
  /** Its time is over: only who has been given it already gets it. */
  isOver: boolean
}

export interface KeptWait {
  /** Its place in the order of waits. */
  readonly turn: number
  readonly run: string
  readonly workflow: string
  readonly hash: string
  readonly at: string
  readonly of: Ref
  /** The event that it was given. */
  mail: KeptEvent | undefined
}

/** What concerns one run only. */
export interface RunBox {
  /** How many waits it has here. */
  waits: number
  /** Those that have been given nothing yet. */
  readonly open: Heap<number>
  /** Events for this run alone, and such for all that a wait of it has given back. */
  readonly events: Heap<number>
  /** Of the events for all, it has been given those up to here. */
  seen: number
}

/** When an event is over, or a text is forgotten. */
export interface Expiry {
  readonly at: number
  readonly seq: number
}

export interface Remembered {
  readonly seq: number
  readonly id: string
  readonly until: number
}

/** What the last commit has brought, for whoever wrote it. */
export interface Lately {
  readonly version: number
  /** Waits that were given an event. */
  readonly given: KeptWait[]
  /** Events that are kept no longer. */
  readonly gone: KeptEvent[]
}

/** All that is known of a mailbox. Queues hold numbers; what has become of no use in them is left out when it comes up. */
export interface Mailbox {
  name: string | undefined
  key: string
  sent: number
  placed: number
  readonly events: Map<number, KeptEvent>
  readonly waits: Map<number, KeptWait>
  /** The turns of waits, by run and `of`. */
  readonly turns: Map<string, number>
  readonly runs: Map<string, RunBox>
  /** Events for whoever comes first, which nobody has been given. */
  readonly open: Heap<number>
  /** Waits that have been given nothing. */
  readonly waiting: Heap<number>
  /** Events for all, in order; those that are over may still be among them. */
  broadcasts: number[]
  /** So many at their beginning are over. */
  over: number
  /** How many of them are not over. */
  live: number
  readonly expiries: Heap<Expiry>
  readonly texts: Map<string, Remembered>
  /** The texts of events, by their numbers. */
  readonly textOf: Map<number, string>
  /** Waits that were given an event and have not taken it, and how many of them each workflow has. */
  readonly given: Map<number, KeptWait>
  readonly givenTo: Map<string, number>
  /** When a wait was given something last. */
  gave: Stamp | undefined
  lately: Lately
}

export const emptyMailbox = (): Mailbox => ({
  name: undefined,
  key: '',
  sent: 0,
  placed: 0,
  events: new Map(),
  waits: new Map(),
  turns: new Map(),
  runs: new Map(),
  open: lowestFirst(),
  waiting: lowestFirst(),
  broadcasts: [],
  over: 0,
  live: 0,
  expiries: new Heap((one, other) => one.at < other.at || (one.at === other.at && one.seq < other.seq)),
  texts: new Map(),
  textOf: new Map(),
  given: new Map(),
  givenTo: new Map(),
  gave: undefined,
  lately: { version: 0, given: [], gone: [] },
})

export const emptyRunBox = (): RunBox => ({ waits: 0, open: lowestFirst(), events: lowestFirst(), seen: 0 })

/** `of` is a number, so that no two waits have the same name, whatever the run is called. */
export const nameOfWait = ({ run, of }: Pick<KeptWait, 'run' | 'of'>): string => `${of}@${run}`

export function waitNamed(box: Mailbox, wait: Pick<KeptWait, 'run' | 'of'>): KeptWait | undefined {
  const turn = box.turns.get(nameOfWait(wait))
  return turn === undefined ? undefined : box.waits.get(turn)
}

export const isOpenWait = ({ waits }: Mailbox, turn: number): boolean => {
  const wait = waits.get(turn)
  return wait !== undefined && wait.mail === undefined
}

/** Whether a wait that comes may be given it. */
export function isOpenEvent({ events }: Mailbox, seq: number): boolean {
  const event = events.get(seq)
  return event !== undefined && !event.isOver && (event.isBroadcast || event.out === 0)
}

/** Whether its time matters still: that of an event that was given does only when it comes back. */
export const canExpire = (box: Mailbox, { seq }: Expiry): boolean => box.textOf.has(seq) || isOpenEvent(box, seq)
