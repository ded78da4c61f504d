import type { Parsed, Schema } from './schema.js'
import type { ShapeOf, StepShape } from './step-shape.js'
import type { HasPath, PathsBelow, TypeAt } from './typed-path.js'
import type { Miswired } from './wiring.js'

/** A literal value stays exact, so that it fits an enum; only what inference makes readonly is writable again. */
type Mutable<Value> = Value extends readonly unknown[] | Readonly<Record<string, unknown>>
  ? { -readonly [Key in keyof Value]: Mutable<Value[Key]> }
  : Value

type PathIn<Source> = Source extends { readonly path: infer Path extends string } ? Path : '.'

/** Outputs of the steps that a source names, as a union. */
export type StepOutput<Named> = Named extends readonly (infer Each)[]
  ? ShapeOf<Each>['output']
  : ShapeOf<Named>['output']

/** What the path of a source leads into. */
type Root<Source, Init> = Source extends { readonly step: infer Named }
  ? StepOutput<Named>
  : Source extends { readonly initData: infer Named }
    ? Named extends true
      ? Init
      : ShapeOf<Named>['input']
    : never

type SourceOutput<Source, Owner extends StepShape> = Source extends { readonly schema: infer Given extends Schema }
  ? Parsed<Given>
  : Source extends { readonly value: infer Value }
    ? Mutable<Value>
    : Source extends { readonly fn: (...given: never) => infer Value }
      ? Awaited<Value>
      : Source extends { readonly template: string }
        ? string
        : Source extends { readonly requestContextPath: infer Path extends string }
          ? TypeAt<Owner['requestContext'], Path>
          : TypeAt<Root<Source, Owner['input']>, PathIn<Source>>

/** What a map gives: the awaited result of its function, or an object of what its sources give. */
export type MapOutput<Given, Owner extends StepShape> = Given extends (...given: never) => infer Output
  ? Awaited<Output>
  : { -readonly [Key in keyof Given]: SourceOutput<Given[Key], Owner> }

type PathWired<Value, Path extends string> = [Value] extends [never]
  ? unknown
  : HasPath<Value, Path> extends true
    ? unknown
    : Miswired<'the path leads nowhere', { readonly path: Path; readonly paths: '.' | PathsBelow<Value> }>

type SourceWired<Source, Owner extends StepShape> = Source extends
  | { readonly step: unknown }
  | { readonly initData: unknown }
  ? PathWired<Root<Source, Owner['input']>, PathIn<Source>>
  : Source extends { readonly requestContextPath: infer Path extends string }
    ? unknown extends Owner['requestContext']
      ? unknown
      : PathWired<Owner['requestContext'], Path>
    : unknown

export type MapWired<Given, Owner extends StepShape> = Given extends (...given: never) => unknown
  ? unknown
  : { readonly [Key in keyof Given]: SourceWired<Given[Key], Owner> }
