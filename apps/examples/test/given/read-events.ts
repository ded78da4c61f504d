import type { WorkflowStreamEvent } from '@wf/core'
import { type Conversation, hear, newConversation } from '../../src/agent/page/conversation.js'

export interface Frame {
  readonly id: string | undefined
  readonly event: string
  readonly data: WorkflowStreamEvent
}

interface Reading {
  readonly after?: string | undefined
  /** Whoever has seen this leaves. Default: the server says when it is over. */
  readonly until?: (frame: Frame) => boolean
}

/** Reads as a browser does. */
export async function readEvents(url: string, { after, until = () => false }: Reading = {}): Promise<readonly Frame[]> {
  const leaving = new AbortController()
  const headers = after === undefined ? {} : { 'last-event-id': after }
  const response = await fetch(url, { headers, signal: leaving.signal })
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
  const frames: Frame[] = []
  for await (const frame of framesOf(response)) {
    frames.push(frame)
    if (until(frame)) break
  }
  leaving.abort()
  return frames
}

async function* framesOf(response: Response): AsyncGenerator<Frame> {
  let rest = ''
  for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const parts = (rest + text).split('\n\n')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      const fields = new Map(part.split('\n').map((line) => [line.split(':')[0], line.slice(line.indexOf(':') + 2)]))
      const [event, data] = [fields.get('event'), fields.get('data')]
      if (event !== undefined && data !== undefined) yield { id: fields.get('id'), event, data: JSON.parse(data) }
    }
  }
}

/** What the page would show. */
export function shownBy(frames: readonly Frame[]): Conversation {
  const conversation = newConversation()
  for (const { data } of frames) hear(conversation, data)
  return conversation
}

/** The words that a frame brings. */
export function wordsIn({ data }: Frame): string | undefined {
  if (data.type !== 'workflow-step-output') return undefined
  const { type, text } = data.payload.output as { readonly type: string; readonly text?: string }
  return type === 'text-delta' ? text : undefined
}

export const isRest = ({ event }: Frame): boolean => event === 'workflow-finish'
