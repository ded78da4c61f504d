import type { StandardSchemaV1 } from '@standard-schema/spec'

/** Any library that speaks Standard Schema will do: zod 3 and 4, valibot, arktype, … */
export type Schema<Input = unknown, Output = Input> = StandardSchemaV1<Input, Output>

/** What may be given to a schema, before its defaults and transformations. */
export type Accepted<Given extends Schema> = NonNullable<Given['~standard']['types']>['input']

/** What a schema gives back. */
export type Parsed<Given extends Schema> = NonNullable<Given['~standard']['types']>['output']
