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
  readonly requestContext?: unknown
}

/** Schemas of a step or workflow, by the names that they have in its parameters. */
export interface ShapeSchemas {
  readonly inputSchema: Schema
  readonly outputSchema: Schema
  readonly resumeSchema?: Schema
  readonly suspendSchema?: Schema
  readonly stateSchema?: Schema
  readonly requestContextSchema?: Schema
}

type Flat<Shape> = { [Key in keyof Shape]: Shape[Key] }

type ResumeShape<Schemas> = Schemas extends { readonly resumeSchema: infer Given extends Schema }
  ? { resume: Accepted<Given>; resumed: Parsed<Given> }
  : unknown

type SuspendShape<Schemas> = Schemas extends { readonly suspendSchema: infer Given extends Schema }
  ? { suspend: Parsed<Given> }
  : unknown

type StateShape<Schemas> = Schemas extends { readonly stateSchema: infer Given extends Schema }
  ? { state: Parsed<Given> }
  : unknown

type ContextShape<Schemas> = Schemas extends { readonly requestContextSchema: infer Given extends Schema }
  ? { requestContext: Parsed<Given> }
  : unknown

export type ShapeFrom<Id extends string, Schemas extends ShapeSchemas> = Flat<
  {
    id: Id
    accepts: Accepted<Schemas['inputSchema']>
    input: Parsed<Schemas['inputSchema']>
    output: Parsed<Schemas['outputSchema']>
  } & ResumeShape<Schemas> &
    SuspendShape<Schemas> &
    StateShape<Schemas> &
    ContextShape<Schemas>
>

/** The same shape under another id. */
export type Renamed<Shape extends StepShape, Id extends string> = Flat<Omit<Shape, 'id'> & { id: Id }> & StepShape

/** The shape of a step or workflow; `never` for anything else. */
export type ShapeOf<Owner> = Owner extends { readonly '~shape'?: infer Shape extends StepShape | undefined }
  ? NonNullable<Shape>
  : never
