import { setTimeout as after } from 'node:timers/promises'
import type { LanguageModel } from 'ai'
import { MockLanguageModelV4 } from 'ai/test'

type Doing = Parameters<MockLanguageModelV4['doStream']>[0]
type Part =
  Awaited<ReturnType<MockLanguageModelV4['doStream']>>['stream'] extends ReadableStream<infer One> ? One : never
type Message = Doing['prompt'][number]

/** Resolves when the next word may be said. */
export type Pace = (signal: AbortSignal | undefined) => Promise<unknown>

const aWordAtATime: Pace = (signal) => after(60, undefined, signal && { signal })

/** Says what a clerk would, so that nobody needs a key to see how things work. */
export const scriptedModel = (pace: Pace = aWordAtATime): LanguageModel =>
  new MockLanguageModelV4({
    provider: 'scripted',
    modelId: 'clerk',
    doStream: async ({ prompt, abortSignal }) => ({
      stream: ReadableStream.from(spoken(turnAfter(prompt), () => pace(abortSignal))),
    }),
  })

interface Turn {
  readonly text: string
  readonly refund?: { readonly orderId: string; readonly euros: number }
}

async function* spoken({ text, refund }: Turn, pace: () => Promise<unknown>): AsyncGenerator<Part> {
  const words = text.split(/(?<= )/)
  yield { type: 'stream-start', warnings: [] }
  yield { type: 'text-start', id: 'words' }
  for (const delta of words) {
    await pace()
    yield { type: 'text-delta', id: 'words', delta }
  }
  yield { type: 'text-end', id: 'words' }
  if (refund) yield { type: 'tool-call', toolCallId: 'refund-1', toolName: 'refund', input: JSON.stringify(refund) }
  const unified = refund ? 'tool-calls' : 'stop'
  yield { type: 'finish', finishReason: { unified, raw: undefined }, usage: usageOf(words.length) }
}

/** A word is a token here. */
const usageOf = (words: number) => ({
  inputTokens: { total: 40, noCache: 40, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: words, text: words, reasoning: 0 },
})

function turnAfter(prompt: readonly Message[]): Turn {
  const last = prompt.at(-1)
  return last?.role === 'tool' ? afterwards(last) : first(wordsOf(last))
}

function first(asked: string): Turn {
  const orderId = /order\s*(?:no\.?|number|#)?\s*(\w*\d\w*)/i.exec(asked)?.[1]
  const euros = Number(/(\d+(?:\.\d{1,2})?)\s*(?:€|eur)/i.exec(asked)?.[1])
  if (!orderId || !(euros > 0))
    return {
      text: 'I am happy to help. Please tell me the number of your order and what it cost, for instance: order 1042, 40 €.',
    }
  const text = `I am sorry that order ${orderId} went wrong. I would like to give you back ${euros} €, and somebody here has to agree to that first.`
  return { text, refund: { orderId, euros } }
}

function afterwards({ content }: Extract<Message, { role: 'tool' }>): Turn {
  const result = content.find((part) => part.type === 'tool-result')
  if (result?.output.type !== 'execution-denied')
    return { text: 'Thank you for waiting. The money is on its way and reaches you within three days.' }
  const reason = result.output.reason ? ` The reason: ${result.output.reason}` : ''
  return { text: `I am afraid that the refund was not approved.${reason}` }
}

const wordsOf = (message: Message | undefined): string =>
  message?.role === 'user' ? message.content.map((part) => (part.type === 'text' ? part.text : '')).join(' ') : ''
