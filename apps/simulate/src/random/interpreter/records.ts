import type { Strand } from './strand.ts'

/** What the result of a run keeps of a step. */
export interface StepRecord {
  status: string
  readonly payload: unknown
  output?: unknown
  error?: string
  suspendPayload?: unknown
  /** Of a workflow or foreach, in which several may be suspended: where it stands. */
  readonly place?: readonly number[]
  readonly strand?: Strand
}

export type Records = Map<string, StepRecord>

/** A suspended step that waits for a resume. */
export interface Suspension {
  readonly label: string
  readonly place: readonly number[]
  /** Ids of the workflows around it, and its own. */
  readonly path: readonly string[]
  readonly payload: unknown
  readonly strand: Strand
  readonly resume: (data: unknown) => void
}

export function byPlace({ place: one }: Suspension, { place: other }: Suspension): number {
  const at = one.findIndex((index, depth) => index !== other[depth])
  return at < 0 ? one.length - other.length : (one[at] ?? 0) - (other[at] ?? -1)
}

export const isInside = (place: readonly number[], around: readonly number[]): boolean =>
  around.every((index, depth) => place[depth] === index)
