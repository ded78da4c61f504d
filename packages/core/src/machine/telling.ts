import type { Chunk, Speaker } from './chunk.js'
import { kinds } from './kinds/index.js'
import type { Ref, Source } from './source.js'
import type { Activity, Frame, Part, Settled, StepRecord } from './state.js'
import type { Turn } from './turn.js'

/** A step has begun (or goes on after a resume), waits for a moment, is suspended, or has come to its end. */
export interface StepTelling {
  readonly what: 'step-begun' | 'step-waits' | 'step-suspended' | 'step-over'
  readonly ref: Ref
  readonly frame: Frame
  readonly generation: number
  /** As it was then. */
  readonly record: StepRecord
}

/** One item of a foreach has come to its end, or is suspended. */
export interface ItemTelling {
  readonly what: 'item'
  readonly ref: Ref
  readonly frame: Frame
  readonly generation: number
  readonly record: StepRecord
  readonly index: number
  readonly status: 'success' | 'failed' | 'suspended'
  readonly output: Source | undefined
  readonly completed: number
  readonly total: number
}

/** The run itself goes on, rests, was canceled, or has ended. */
export interface RunTelling {
  readonly what: 'run-goes-on' | 'run-suspended' | 'run-paused' | 'run-canceled' | 'run-ended'
  readonly ref: Ref
  /** Of a run that has ended. */
  readonly outcome: Settled | undefined
}

/** Somebody has written a chunk, or begins again, and all chunks of the attempt before are void. */
interface SpeakerTelling extends Speaker {
  readonly ref: Ref
  readonly generation: number
  /** Blocks have none. */
  readonly record: StepRecord | undefined
}

export interface ChunkTelling extends SpeakerTelling {
  readonly what: 'chunk'
  readonly chunk: Chunk
}

export interface AgainTelling extends SpeakerTelling {
  readonly what: 'step-again'
}

/** So many chunks were told under a claim that are in no journal. */
export interface CountTelling {
  readonly what: 'chunks-over'
  readonly ref: Ref
  readonly at: string
  readonly claim: Ref | undefined
  readonly count: number
}

/** What those who watch a run are told. Facts alone do not say it: one of them may end a step and all that is around it. */
export type Telling = StepTelling | ItemTelling | RunTelling | ChunkTelling | AgainTelling | CountTelling

/** With these a step begins; other functions of it are called before that, or later. */
const first: ReadonlySet<Part> = new Set<Part>(['body', 'input', 'items'])
/** These come before anything of it can be told. */
const ahead: ReadonlySet<Part> = new Set<Part>(['duration', 'date', 'key'])

/** The foreach answers for its items, under the same id. */
export const isItem = ({ parent }: Frame): boolean => parent !== undefined && kinds[parent.node.kind].apart === 'items'

/** Nobody has ever claimed it, and nothing was found out about it. */
export const isFresh = ({ part, claim, attempt, lost, leg }: Activity): boolean =>
  first.has(part) && claim === undefined && attempt === 0 && lost === 0 && leg === 0

/** Whether those who watch have been told that it began. */
export function hasBegun({ record, activity }: Frame): boolean {
  if (!record || record.status === 'waiting' || !activity) return record !== undefined
  return first.has(activity.part) ? !isFresh(activity) : !ahead.has(activity.part)
}

export function tellStep(turn: Turn, what: StepTelling['what'], frame: Frame): void {
  if (turn.told && frame.record) tell(turn, { what, frame, record: { ...frame.record } })
}

/** The same of a step that has just begun, perhaps with something else than what it was given. */
export function tellBegun(turn: Turn, frame: Frame, payload?: Source): void {
  const { record } = frame
  if (!turn.told || !record) return
  const seen = { ...record, startedAt: record.startedAt ?? turn.stamp, payload: payload ?? record.payload }
  tell(turn, { what: 'step-begun', frame, record: seen })
}

function tell({ told, ref, state }: Turn, about: Pick<StepTelling, 'what' | 'frame' | 'record'>): void {
  if (!isItem(about.frame)) told?.push({ ...about, ref, generation: state.generation })
}

export type ItemCame = Pick<ItemTelling, 'index' | 'status' | 'output'>

export function tellItem(turn: Turn, frame: Frame, came: ItemCame): void {
  const { told, ref, state } = turn
  const { record, settled: completed, size: total } = frame
  if (!told || !record || isItem(frame)) return
  told.push({
    what: 'item',
    ref,
    frame,
    generation: state.generation,
    record: { ...record },
    ...came,
    completed,
    total,
  })
}

export function tellRun({ told, ref, state }: Turn, what: RunTelling['what']): void {
  told?.push({ what, ref, outcome: what === 'run-ended' ? state.outcome : undefined })
}
