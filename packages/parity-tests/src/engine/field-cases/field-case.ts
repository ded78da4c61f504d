/** Something that goes wrong in systems like this one when nobody has thought of it, and what shows that it does not here. */
export interface FieldCase {
  /** For ever. Numbers that are missing are of capabilities that do not exist yet. */
  readonly number: number
  readonly situation: string
  /** Ids of scenarios of the engine suite. */
  readonly scenarios?: readonly string[]
  /** Ids of rules of the storage suite. */
  readonly rules?: readonly string[]
  /** Test files, from the root of the repository, each with the name of a test in it. */
  readonly tests?: readonly (readonly [file: string, name: string])[]
}
