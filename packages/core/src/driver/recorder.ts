import type { Codec, Encoded } from '../codec/index.js'
import type { Activity, RunEvent } from '../machine/index.js'
import { textOf } from './fact-text.js'
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

const SILENT = { type: 'event', fact: '' } as const

/**
 * Turns events and their values into facts. Answers with promises only where the codec does. Without a storage nothing
 * is written down, and only the copy is made.
 */
export class Recorder {
  constructor(
    private readonly codec: Codec,
    private readonly run: RunName,
    private readonly stores: boolean,
  ) {}

  /** An event without a value. */
  plain(event: RunEvent): Fact {
    const entry = this.stores ? ({ type: 'event', fact: textOf(event) } as const) : SILENT
    return { event, entry, value: undefined }
  }

  /** Throws, or rejects, when the value cannot cross. */
  make(at: string, value: unknown): Made | Promise<Made> {
    if (this.stores && this.codec.take) return this.codec.take(value)
    const copy = this.codec.isolate(value)
    if (!this.stores) return { value: copy, encoded: undefined }
    const { namespace, runId } = this.run
    const encoded = this.codec.encode(copy, { namespace, runId, path: at })
    return encoded instanceof Promise
      ? encoded.then((text) => ({ value: copy, encoded: text }))
      : { value: copy, encoded }
  }

  carrying(event: RunEvent, { value, encoded }: Made): Fact {
    const marked = { ...event, value: true } as RunEvent
    if (encoded === undefined) return { event: marked, entry: SILENT, value }
    return { event: marked, entry: { type: 'event', fact: textOf(marked), value: encoded }, value }
  }

  /** The same fact, about this very activity and no later one at its place. */
  about({ seq }: Activity, fact: Fact): Fact {
    return this.saying(fact, { seq })
  }

  /** The same fact, with more about it. */
  saying(fact: Fact, more: object): Fact {
    const event = { ...fact.event, ...more } as RunEvent
    return { ...fact, event, entry: this.stores ? { ...fact.entry, fact: textOf(event) } : fact.entry }
  }

  /** An event with its value; `undefined` needs none. */
  valued(event: RunEvent, value: unknown): Fact | Promise<Fact> {
    if (value === undefined) return this.plain(event)
    const made = this.make('at' in event ? event.at : '', value)
    return made instanceof Promise ? made.then((one) => this.carrying(event, one)) : this.carrying(event, made)
  }
}

export const createRecorder = (codec: Codec, run: RunName, stores: boolean): Recorder =>
  new Recorder(codec, run, stores)
