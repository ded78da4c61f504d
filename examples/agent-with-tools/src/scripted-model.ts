import type { LanguageModel } from 'ai'
import { convertArrayToReadableStream, MockLanguageModelV4 } from 'ai/test'

type Doing = Parameters<MockLanguageModelV4['doStream']>[0]

interface Turn {
  readonly text: string
  readonly calls?: { readonly tool: string; readonly input: object }
}

/** In the place of a model that costs money: looks at what was said last, and says what a clerk would. */
export const scriptedModel = (): LanguageModel =>
  new MockLanguageModelV4({ doStream: async ({ prompt }) => ({ stream: spoken(turnAfter(prompt.at(-1))) }) })

function turnAfter(message: Doing['prompt'][number] | undefined): Turn {
  if (message?.role !== 'tool')
    return { text: 'Let me look. ', calls: { tool: 'lookUpOrder', input: { orderId: '1042' } } }
  const [result] = message.content.filter((part) => part.type === 'tool-result')
  if (result?.toolName === 'lookUpOrder')
    return { text: 'It broke on its way. ', calls: { tool: 'refund', input: { orderId: '1042', euros: 40 } } }
  const declined = result?.output.type === 'execution-denied'
  return { text: declined ? 'I am sorry, there is no refund.' : 'You get 40 € back.' }
}

function spoken({ text, calls }: Turn) {
  const usage = {
    inputTokens: { total: 20, noCache: 20, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: 5, text: 5, reasoning: 0 },
  }
  return convertArrayToReadableStream([
    { type: 'stream-start' as const, warnings: [] },
    { type: 'text-start' as const, id: 'words' },
    { type: 'text-delta' as const, id: 'words', delta: text },
    { type: 'text-end' as const, id: 'words' },
    ...(calls
      ? [
          {
            type: 'tool-call' as const,
            toolCallId: calls.tool,
            toolName: calls.tool,
            input: JSON.stringify(calls.input),
          },
        ]
      : []),
    {
      type: 'finish' as const,
      finishReason: { unified: calls ? ('tool-calls' as const) : ('stop' as const), raw: undefined },
      usage,
    },
  ])
}
