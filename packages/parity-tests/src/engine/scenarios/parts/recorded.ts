import { inspect } from 'node:util'
import { type Codec, createCodec, type Engine, type Run, type WorkflowResult } from '@wf/core'
import type { Stage } from '../../stage.js'
import { collected } from './events.js'

/** A codec, and in `heard` all that was handed to it to be kept. */
export function listeningCodec(): Codec & { readonly heard: unknown[] } {
  const { take: _, ...codec } = createCodec()
  const heard: unknown[] = []
  return {
    ...codec,
    heard,
    encode(value, place) {
      heard.push(value)
      return codec.encode(value, place)
    },
  }
}

/** All that anybody can see of a run, as one text: its result, its state, what readers are told, what was kept. */
export async function allOf(stage: Stage, { engine, run, result, heard = [] }: Seen): Promise<string> {
  const fields = ['steps', 'state', 'result', 'error', 'requestContext', 'payload'] as const
  const state = await stage.settle(engine.runs.get(run.runId, { fields }))
  const history = await stage.settle(engine.runs.history(run.runId))
  const events = await stage.settle(collected(run.observe() as unknown as AsyncIterable<never>))
  const options = { depth: 20, maxStringLength: null, maxArrayLength: null, showHidden: true } as const
  return inspect([result, state, history, events, heard], options)
}

interface Seen {
  readonly engine: Engine
  readonly run: Run
  readonly result: WorkflowResult
  readonly heard?: readonly unknown[]
}
