import type { Machine } from '../report/machine.ts'
import type { PartOfTime } from '../report/parts-of-profile.ts'
import type { Axis, MeasuredSeries } from './curve.ts'
import type { Round, Verdict } from './judge.ts'
import type { ScaleName } from './scale.ts'

/** One call of the bench. */
export interface Session {
  readonly begun: string
  readonly rounds: number
  readonly scale: ScaleName
  readonly peers: boolean
  readonly machine: Machine
  /** When the last figure was taken. */
  readonly loadAtEnd: number
}

export interface MeasuredLine {
  readonly id: string
  readonly title: string
  readonly verdicts: readonly Verdict[]
  /** What the machine gave at best in the same rounds. */
  readonly limits: readonly Verdict[]
  /** Seconds that each contestant of the first round took, its process included. */
  readonly took: Readonly<Record<string, number>>
  readonly rounds: readonly Round[]
  /** Where profiled contestants of ours spent their time, by their names. */
  readonly parts?: Readonly<Record<string, readonly PartOfTime[]>>
}

export interface MeasuredCurve {
  readonly id: string
  readonly title: string
  readonly says: string
  readonly x: Axis
  readonly y: Axis
  readonly series: readonly MeasuredSeries[]
  readonly rounds: readonly Round[]
}

/** All figures of one call, as they are written to a file. */
export interface Results {
  readonly session: Session
  readonly lines: readonly MeasuredLine[]
  readonly curves: readonly MeasuredCurve[]
}
