import type { Codec, Encoded } from '../codec/index.js'
import type { RunEvent } from '../machine/index.js'
import type { Fact } from './fold.js'

interface RunName {
  readonly namespace: string
  readonly runId: string
}

/** A value in a copy that nobody else holds, and as it will be stored. */
export interface Made {
  readonly value: unknown
  readonly encoded: Encoded | undefined
}

/** Turns events and their values into facts. Answers with promises only where the codec does. */
export interface Recorder {
  /** An event without a value. */
  plain(event: RunEvent): Fact
  /** Throws, or rejects, when the value cannot cross. */
  make(at: string, value: unknown): Made | Promise<Made>
  carrying(event: RunEvent, made: Made): Fact
  /** An event with its value; `undefined` needs none. */
  valued(event: RunEvent, value: unknown): Fact | Promise<Fact>
}

const SILENT = { type: 'event', fact: '' } as const

/** Without a storage nothing is written down, and only the copy is made. */
export function createRecorder(codec: Codec, run: RunName, stores: boolean): Recorder {
  const recorder: Recorder = {
    plain: (event) => ({
      event,
      entry: stores ? { type: 'event', fact: JSON.stringify(event) } : SILENT,
      value: undefined,
    }),
    make(at, value) {
      const copy = codec.isolate(value)
      if (!stores) return { value: copy, encoded: undefined }
      const encoded = codec.encode(copy, { ...run, path: at })
      return encoded instanceof Promise
        ? encoded.then((text) => ({ value: copy, encoded: text }))
        : { value: copy, encoded }
    },
    carrying(event, { value, encoded }) {
      const marked = { ...event, value: true } as RunEvent
      if (encoded === undefined) return { event: marked, entry: SILENT, value }
      return { event: marked, entry: { type: 'event', fact: JSON.stringify(marked), value: encoded }, value }
    },
    valued(event, value) {
      if (value === undefined) return recorder.plain(event)
      const made = recorder.make('at' in event ? event.at : '', value)
      return made instanceof Promise
        ? made.then((one) => recorder.carrying(event, one))
        : recorder.carrying(event, made)
    },
  }
  return recorder
}
