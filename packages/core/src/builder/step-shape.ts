import type { Accepted, Parsed, Schema } from './schema.js'

/** Everything that types know of a step or a workflow, in one type argument. What it has no schema for is left out. */
export interface StepShape {
  readonly id: string
  /** What the input schema takes. */
  readonly accepts: unknown
  /** What the body gets: `accepts` after defaults and transformations. */
  readonly input: unknown
  readonly output: unknown
  /** What a caller of `resume` gives. */
  readonly resume?: unknown
  /** What the body gets of it. */
  readonly resumed?: unknown
  readonly suspend?: unknown
  readonly state?: unknown
  /** What a caller of `start` gives as request context. */
  readonly context?: unknown
  /** What the body finds in it. */
  readonly requestContext?: unknown
}

/** Types of the schemas of a step or workflow; `never` stands for one that it has not. */
export interface SchemaTypes {
  readonly input: Schema
  readonly output: Schema
  readonly resume: Schema
  readonly suspend: Schema
  readonly state: Schema
  readonly requestContext: Schema
}

/** Shows as its members, not as its parts; `& {}` keeps this name out of messages. */
type Flat<Shape> = { [Key in keyof Shape]: Shape[Key] } & {}

/** Nothing at all for a schema that there is not. */
type Given<Type extends Schema, Part> = [Type] extends [never] ? unknown : Part

export type ShapeFrom<Id extends string, Types extends SchemaTypes> = Flat<
  {
    id: Id
    accepts: Accepted<Types['input']>
    input: Parsed<Types['input']>
    output: Parsed<Types['output']>
  } & Given<Types['resume'], { resume: Accepted<Types['resume']>; resumed: Parsed<Types['resume']> }> &
    Given<Types['suspend'], { suspend: Parsed<Types['suspend']> }> &
    Given<Types['state'], { state: Parsed<Types['state']> }> &
    Given<
      Types['requestContext'],
      { context: Accepted<Types['requestContext']>; requestContext: Parsed<Types['requestContext']> }
    >
>

/** The same shape under another id. */
export type Renamed<Shape extends StepShape, Id extends string> = Flat<Omit<Shape, 'id'> & { id: Id }> & StepShape

/** The shape of a step or workflow; `never` for anything else. */
export type ShapeOf<Owner> = Owner extends { readonly '~shape'?: infer Shape extends StepShape | undefined }
  ? NonNullable<Shape>
  : never
