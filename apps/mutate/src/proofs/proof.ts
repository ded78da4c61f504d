/** A test or a play: something that fails where a mutant breaks what it is about. */
export interface Proof {
  /** Unique within its group. */
  readonly name: string
  run(): Promise<void>
}

/** Files of tests by their paths, and plays by their way; each is loaded when it is asked for. */
export type Groups = Readonly<Record<string, () => Promise<readonly Proof[]>>>
