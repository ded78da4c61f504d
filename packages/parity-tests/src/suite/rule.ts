/** A promise of a contract. The id is for ever, the sentence is its documentation, the check shows whether it is kept. */
export interface Rule<Context> {
  readonly id: string
  readonly states: string
  /** The release of this package in which the rule appeared. */
  readonly since: string
  check(context: Context): Promise<void>
}

/** A promise that an adapter is known not to keep. The rule must fail for as long as it is named here. */
export interface KnownGap {
  readonly rule: string
  readonly because: string
}
