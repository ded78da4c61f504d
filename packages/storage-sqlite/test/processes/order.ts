/** What a process that writes is told to do. */
export interface Order {
  readonly path: string
  /** Part of its commit ids. */
  readonly name: string
  /** It appends to each of them in turn. */
  readonly journals: readonly string[]
  readonly commits: number
  readonly valueBytes?: number
  readonly synchronous?: 'normal' | 'full'
}
