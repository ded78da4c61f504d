/** What a run came to when it rested, in a form in which two of them can be compared. */
export interface Outcome {
  readonly status: string
  readonly result?: unknown
  /** Text of an error of a body, or the code of one of the library. */
  readonly error?: string
  readonly steps: Readonly<Record<string, StepOutcome>>
  readonly stepExecutionPath: readonly string[]
  readonly state: Readonly<Record<string, unknown>>
  readonly suspended?: readonly string[]
  readonly suspendPayload?: Readonly<Record<string, unknown>>
  readonly labels?: readonly string[]
}

export type StepOutcome = Readonly<Record<string, unknown>>

/** What somebody outside did at a rest. */
export type Move =
  | { readonly do: 'resume'; readonly label: string; readonly data: number }
  | { readonly do: 'resume'; readonly path: string; readonly data: number }
  | { readonly do: 'resume both'; readonly labels: readonly string[]; readonly data: number }
  | { readonly do: 'cancel' }

/** The same texts for the same objects, whatever the order of their keys. */
export const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) => {
    if (one === undefined) return '(undefined)'
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return one
    return Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
