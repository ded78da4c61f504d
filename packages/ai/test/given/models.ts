import type { MockModel, ModelAnswer, ModelOptions, Sdk } from './sdk.js'

/** What a model does when it is asked: it says something, calls tools, or fails. */
export type Turn =
  | { readonly text: string; readonly finish?: 'stop' | 'length' }
  | { readonly calls: Readonly<Record<string, unknown>> }
  | { readonly breaks: unknown }
  | { readonly parts: readonly object[] }

export type Script = (options: ModelOptions, turn: number) => Turn | Promise<Turn>

/** Of each turn of a model. */
export const USAGE = {
  inputTokens: { total: 10, noCache: 5, cacheRead: 3, cacheWrite: 2 },
  outputTokens: { total: 4, text: 3, reasoning: 1 },
}

/** A model that does one after the other, and then the last again; or what a function says. */
export function createModel(sdk: Sdk, script: readonly Turn[] | Script): MockModel {
  let turns = 0
  return sdk.createModel(async (options) => {
    turns += 1
    const turn =
      typeof script === 'function' ? await script(options, turns) : script[Math.min(turns, script.length) - 1]
    return answerOf(turn ?? { text: '' })
  })
}

const START = { type: 'stream-start', warnings: [] }

/** As a stream, and all at once. */
const answerOf = (turn: Turn): ModelAnswer => ({
  stream: ReadableStream.from([START, ...partsOf(turn)]),
  content: 'calls' in turn ? callsOf(turn.calls) : [{ type: 'text', text: 'text' in turn ? turn.text : '' }],
  ...finish('calls' in turn ? 'tool-calls' : 'stop'),
  warnings: [],
})

function partsOf(turn: Turn): readonly object[] {
  if ('parts' in turn) return turn.parts
  if ('breaks' in turn) return [{ type: 'error', error: turn.breaks }, finish('error')]
  if ('calls' in turn) return [...callsOf(turn.calls), finish('tool-calls')]
  const words = turn.text.split(/(?<= )/).map((delta) => ({ type: 'text-delta', id: 't', delta }))
  return [{ type: 'text-start', id: 't' }, ...words, { type: 'text-end', id: 't' }, finish(turn.finish ?? 'stop')]
}

const callsOf = (calls: Readonly<Record<string, unknown>>): readonly object[] =>
  Object.entries(calls).map(([name, input]) => {
    const [toolName = ''] = name.split('#')
    return { type: 'tool-call', toolCallId: `call-${name}`, toolName, input: JSON.stringify(input) }
  })

const finish = (unified: string) => ({ type: 'finish', finishReason: { unified, raw: unified }, usage: USAGE })

/** A model of the oldest specification, which says one thing. */
export const oldModel = (text: string): object => ({
  specificationVersion: 'v2',
  provider: 'old',
  modelId: 'old',
  supportedUrls: {},
  doStream: async () => ({
    stream: ReadableStream.from([
      START,
      { type: 'text-start', id: 't' },
      { type: 'text-delta', id: 't', delta: text },
      { type: 'text-end', id: 't' },
      {
        type: 'finish',
        finishReason: 'stop',
        usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3, cachedInputTokens: 1, reasoningTokens: 1 },
      },
    ]),
  }),
})

type Message = { readonly role: string; readonly content: readonly Part[] }

interface Part {
  readonly type: string
  readonly text?: string
  readonly output?: { readonly type: string; readonly value?: unknown }
}

/** The messages with which a model was asked; the last time, where no number is given. */
export const promptOf = ({ doStreamCalls }: MockModel, call = -1): readonly Message[] =>
  (doStreamCalls.at(call)?.prompt ?? []) as readonly Message[]
