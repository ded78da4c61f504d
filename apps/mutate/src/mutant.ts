/** A place of the source where one thing is changed. */
export interface Mutant {
  /** The number by which the instrumented source knows it; another one after each change of the source. */
  readonly id: number
  /** The same as long as the place is: file, what stood there, what stands there now, and the how-manyth of these. */
  readonly key: string
  readonly file: string
  readonly line: number
  readonly mutator: string
  /** What stands there, and what is put in its place. */
  readonly original: string
  readonly replacement: string
}

export const verdicts = ['killed', 'timed out', 'survived', 'without coverage'] as const

export type Verdict = (typeof verdicts)[number]

/** What became of a mutant. */
export interface Result {
  readonly key: string
  readonly verdict: Verdict
  /** The proof that failed. */
  readonly by?: string | undefined
  /** How many proofs were played. */
  readonly played: number
}
