import { isAsyncIterable } from './is-async-iterable.js'

/** What an agent answers with while it speaks: what `streamText` of the AI SDK gives. */
export interface AgentStream {
  /** All that happens, chunk by chunk. Later releases of the SDK call it `stream`. */
  readonly fullStream: AsyncIterable<unknown>
  /** The text that was said last, or what an output specification has made of it. */
  readonly output: PromiseLike<unknown>
  readonly response: PromiseLike<{ readonly messages: readonly unknown[] }>
}

/** An `Agent` or `ToolLoopAgent` of the AI SDK, or whatever streams as they do. */
export interface AgentLike {
  readonly id?: string | undefined
  stream(options: never): PromiseLike<AgentStream>
}

/** An output specification of the AI SDK, such as `Output.object({ schema })`. */
export interface OutputLike<Value = unknown> {
  readonly name: string
  parseCompleteOutput(options: never, context: never): PromiseLike<Value>
}

/** What `agent.stream` takes, apart from what the step gives it itself. */
export type AgentCall<Agent extends AgentLike> = CallOf<Parameters<Agent['stream']>[0]>

type CallOf<Options> = [Options] extends [never] ? object : Omit<Options, 'prompt' | 'messages' | 'abortSignal'>

/** What an agent comes to by itself: an object where it has an output specification for one, otherwise its text. */
export type AgentOutput<Agent extends AgentLike> = Outcome<Awaited<Awaited<ReturnType<Agent['stream']>>['output']>>

/** A text, also one of a choice, comes as an object that can gain fields. */
export type Outcome<Value> = [Value] extends [never] ? AgentText : [Value] extends [string] ? AgentText : Value

export interface AgentText {
  readonly text: string
}

/** What later releases of the SDK have besides. */
interface LaterStream extends AgentStream {
  readonly stream?: AsyncIterable<unknown>
  readonly responseMessages?: PromiseLike<readonly unknown[]>
}

export const chunksOf = ({ stream, fullStream }: LaterStream): AsyncIterable<unknown> =>
  isAsyncIterable(stream) ? stream : fullStream

/** All messages that have come about in this call, results of tools that it began with among them. */
export async function messagesOf(stream: LaterStream): Promise<readonly unknown[]> {
  return (await stream.responseMessages) ?? (await stream.response).messages
}
