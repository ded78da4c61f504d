import type { Source } from './source.js'
import type { Activity, Claim, Frame, RunState, Settled, StepRecord, Timer, Wait, Written } from './state.js'

/** A state as plain data: what a checkpoint holds. Stamps are numbers, frames hang by their children. */
export interface Saved
  extends Pick<
    RunState,
    | 'phase'
    | 'generation'
    | 'admission'
    | 'rest'
    | 'rests'
    | 'perStep'
    | 'chunks'
    | 'stepped'
    | 'outcome'
    | 'refused'
    | 'input'
    | 'callbacks'
    | 'seq'
    | 'trail'
  > {
  /** Absent without any. */
  readonly traces?: RunState['traces']
  readonly startedAt: number | undefined
  readonly endedAt: number | undefined
  readonly earlier: readonly { readonly outcome: Settled; readonly endedAt: number | undefined }[]
  readonly state: SavedMap
  readonly context: readonly (readonly [string, Written | null])[]
  readonly suspended: readonly string[]
  readonly timers: readonly SavedTimer[]
  /** Absent without any. */
  readonly waits?: readonly SavedWait[] | undefined
  readonly root: SavedFrame
}

export type SavedMap = readonly (readonly [string, Written])[] | undefined

export interface SavedDue {
  readonly from: number
  readonly delayMs: number
  readonly usedMs: number
}

export interface SavedTimer extends Pick<Timer, 'key' | 'what'> {
  readonly due: SavedDue
  readonly path: string
}

export interface SavedWait extends Omit<Wait, 'frame' | 'since'> {
  readonly since: number
  readonly placed: boolean
}

export interface SavedRecord
  extends Pick<
    StepRecord,
    'id' | 'status' | 'payload' | 'output' | 'failure' | 'suspension' | 'resume' | 'iterationCount' | 'counted'
  > {
  readonly startedAt: number | undefined
  readonly endedAt: number | undefined
  readonly suspendedAt: number | undefined
  readonly resumedAt: number | undefined
  readonly done: SavedFrame['outputs']
}

/** A record of a checkpoint, which has very many of them: what most have stands in a row, the rest behind it. */
export type PackedRecord = readonly [
  id: string,
  status: StepRecord['status'],
  payload: Source,
  output: Source,
  startedAt: number | null,
  endedAt: number | null,
  rest?: Omit<SavedRecord, 'id' | 'status' | 'payload' | 'output' | 'startedAt' | 'endedAt'>,
]

export interface SavedActivity extends Omit<Activity, 'key' | 'frame' | 'claim' | 'wrote'> {
  readonly wrote?: boolean
  readonly claim: (Omit<Claim, 'since'> & { readonly since: number }) | undefined
}

export interface SavedFrame
  extends Pick<
    Frame,
    | 'slot'
    | 'input'
    | 'busy'
    | 'position'
    | 'quiet'
    | 'settled'
    | 'size'
    | 'concurrency'
    | 'halted'
    | 'failure'
    | 'failedSlot'
    | 'bail'
    | 'verdict'
  > {
  /** Items that wait for room, the next one first. */
  readonly held: readonly number[] | undefined
  /** Each output in a list of its own; an empty list where there is none yet. */
  readonly outputs: readonly (readonly Source[])[] | undefined
  readonly overlay: SavedMap
  readonly pending: SavedMap
  readonly runsSince: number | undefined
  readonly usedMs: number
  /** Only where it is found nowhere else: of an item. */
  readonly record: PackedRecord | undefined
  /** Only where the frame has a scope of its own. */
  readonly results: readonly PackedRecord[] | undefined
  readonly activity: SavedActivity | undefined
  readonly children: readonly SavedFrame[] | undefined
}
