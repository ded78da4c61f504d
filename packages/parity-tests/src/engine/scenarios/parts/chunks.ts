import type { StepContext, WorkflowStreamEvent } from '@wf/core'
import { words } from './events.js'
import { step, workflow } from './loose.js'

/** Like `words`, and what steps have written in so many. */
export const story = (events: readonly WorkflowStreamEvent[]): readonly string[] =>
  events.map((event, index) => spoken(event) ?? words(events)[index] ?? '')

function spoken(event: WorkflowStreamEvent): string | undefined {
  if (event.type.startsWith('data-') && 'data' in event) return `${event.type} ${JSON.stringify(event.data)}`
  if (event.type !== 'workflow-step-output') return undefined
  const { id, currentIndex, output } = event.payload
  return `${id}${currentIndex === undefined ? '' : `#${currentIndex}`} says ${JSON.stringify(output)}`
}

/** The same where chunks may have been missed on their way: what was said at one place, or that it is missing, is one word. */
export const outline = (events: readonly WorkflowStreamEvent[]): readonly string[] =>
  story(events)
    .map((word) => (/ says |^gap$/.test(word) ? 'says' : word))
    .filter((word, index, all) => word !== 'says' || all[index - 1] !== 'says')

/** Writes each of them and waits for that. */
export async function says({ writer }: Pick<StepContext, 'writer'>, ...chunks: readonly unknown[]): Promise<void> {
  for (const chunk of chunks) await writer.write(chunk)
}

/** A step that says something and gives its input. */
export const speaks = <const Id extends string>(id: Id, ...chunks: readonly unknown[]) =>
  step(id, async (context) => {
    await says(context, ...chunks)
    return context.inputData
  })

/** A workflow in which what steps write is recorded. */
export const recording = <const Id extends string>(id: Id, options: { readonly retries?: number } = {}) =>
  workflow(id, {
    options: { chunks: 'durable' },
    ...(options.retries !== undefined && { retryConfig: { attempts: options.retries, delay: 0 } }),
  })
