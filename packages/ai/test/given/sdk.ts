import * as current from 'ai'
import { MockLanguageModelV4 } from 'ai/test'
import * as previous from 'ai-previous'
import { MockLanguageModelV3 } from 'ai-previous/test'

export type ModelOptions = { readonly prompt: readonly unknown[]; readonly abortSignal?: AbortSignal }

/** What a call of a model answers with, as the specification of models says. */
export interface ModelAnswer {
  readonly stream: ReadableStream<unknown>
  readonly content: readonly object[]
  readonly warnings: readonly object[]
}

export interface MockModel {
  readonly doStreamCalls: readonly ModelOptions[]
}

/** A major of the AI SDK, with its own mock of a model. */
export interface Sdk {
  readonly name: string
  readonly ai: typeof current
  createModel(answer: (options: ModelOptions) => Promise<ModelAnswer>): MockModel
}

export const currentSdk: Sdk = {
  name: 'AI SDK 7',
  ai: current,
  createModel: (answer) =>
    new MockLanguageModelV4({ doStream: answer as never, doGenerate: answer as never }) as unknown as MockModel,
}

export const previousSdk: Sdk = {
  name: 'AI SDK 6',
  ai: previous as unknown as typeof current,
  createModel: (answer) =>
    new MockLanguageModelV3({ doStream: answer as never, doGenerate: answer as never }) as unknown as MockModel,
}
