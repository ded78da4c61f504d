import type { Schema } from './schema.js'
import type { StepContext, StepReference } from './step-context.js'

export type MapFunction<Context = StepContext> = (context: Context) => unknown

export interface ValueSource {
  readonly value: unknown
  readonly schema?: Schema
}

export interface FunctionSource<Context = StepContext> {
  readonly fn: (context: Context) => unknown
  readonly schema?: Schema
}

/** The output of a step, or of the first of several that has succeeded. */
export interface StepSource {
  readonly step: StepReference | readonly StepReference[]
  /** Dotted; `.` or nothing means the whole. */
  readonly path?: string
}

/** The input of the workflow that the map stands in. Naming the workflow only serves types. */
export interface InitDataSource {
  readonly initData: true | StepReference
  readonly path?: string
}

export interface RequestContextSource {
  readonly requestContextPath: string
  readonly schema?: Schema
}

/** Text with placeholders such as `${inputData.name}` or `${stepResults.price.total}`. */
export interface TemplateSource {
  readonly template: string
}

export type MapSource<Context = StepContext> =
  | ValueSource
  | FunctionSource<Context>
  | StepSource
  | InitDataSource
  | RequestContextSource
  | TemplateSource

export type MapSources<Context = StepContext> = Readonly<Record<string, MapSource<Context>>>
