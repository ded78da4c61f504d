/** What a player is told to do. */
export type Order =
  | { readonly do: 'look'; readonly group: string }
  | {
      readonly do: 'try'
      readonly mutant: number
      readonly mostHits: number
      /** It shows when modules are loaded. */
      readonly isFresh: boolean
      readonly proofs: readonly Chosen[]
    }

export interface Chosen {
  readonly group: string
  readonly name: string
  /** Longer than this it takes only with a mutant that keeps it from ending. */
  readonly mostMs: number
}

/** What a proof takes and touches without any mutant. */
export interface Looked {
  readonly name: string
  readonly ms: number
  readonly failed?: string
  /** Mutants that it reaches, and how often. */
  readonly reached: readonly number[]
  readonly hits: readonly number[]
}

export interface Sight {
  readonly proofs: readonly Looked[]
  /** Reached already when the group is loaded. */
  readonly loading: readonly number[]
}

export interface Attempt {
  readonly verdict: 'killed' | 'timed out' | 'survived'
  readonly by?: string
  readonly why?: string
  readonly played: number
}

export type Answer =
  | { readonly is: 'alive' }
  | { readonly is: 'seen'; readonly sight: Sight }
  | { readonly is: 'tried'; readonly attempt: Attempt }

export type TryOrder = Extract<Order, { readonly do: 'try' }>
