import type { StepWriter } from '../builder/step-context.js'
import type { Said } from './speech.js'

/** So many chunks of a piped stream may be on their way before the next one is taken. */
const MOST_UNDER_WAY = 64

export interface WriterParts {
  /** Throws where it cannot be said. */
  say(value: unknown, custom?: true): Said
  /** The outcome waits for it. */
  track<Result>(work: Promise<Result>): Promise<Result>
  /** Why a chunk of this type is none; `undefined`: it is one. */
  refusal(type: unknown): Error | undefined
  readonly signal: AbortSignal
}

/**
 * What steps write with: functions for one chunk at a time, and itself a stream that others are piped into. The
 * functions are its own, because people take them out of it.
 */
export function createStepWriter(parts: WriterParts): StepWriter {
  const { track, signal } = parts
  const send = ({ taken, done }: Said): Promise<void> => {
    track(taken)
    return done.then(ignore)
  }
  const pour = async (source: AsyncIterable<unknown>): Promise<void> => {
    const sink = sinkOf(parts)
    for await (const chunk of source) {
      if (signal.aborted) return
      await sink.write(chunk)
    }
    await sink.close()
  }
  const custom = async (chunk: { readonly type: string }): Promise<void> => {
    const { position: _, ...given } = { position: undefined, ...chunk }
    const refusal = parts.refusal(given.type)
    if (refusal) throw refusal
    await send(parts.say(given, true))
  }
  const own = {
    write: (output: unknown) => heard(send(parts.say(output))),
    custom: (chunk: { readonly type: string }) => heard(custom(chunk)),
    pipe: (source: AsyncIterable<unknown>) => track(pour(source)),
  }
  const writer = Object.assign(new WritableStream(sinkOf(parts)), own)
  Object.defineProperty(writer, 'writable', { get: () => new WritableStream(sinkOf(parts)), enumerable: true })
  return writer as unknown as StepWriter
}

/** Takes some chunks ahead of those that are done, so that many of them are recorded at once. */
function sinkOf({ say, track }: WriterParts) {
  const underWay: Promise<unknown>[] = []
  return {
    async write(chunk: unknown): Promise<void> {
      const { taken, done } = say(chunk)
      done.catch(ignore)
      await track(taken)
      underWay.push(done)
      if (underWay.length >= MOST_UNDER_WAY) await underWay.shift()
    },
    async close(): Promise<void> {
      await Promise.all(underWay)
    },
  }
}

const ignore = (): void => undefined

/** Who does not wait for an answer does not want the process to end because of it. */
function heard(answer: Promise<void>): Promise<void> {
  answer.catch(ignore)
  return answer
}
