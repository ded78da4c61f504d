import type { Speaker, StepRecord } from '../machine/index.js'
import { idPath } from './result.js'
import type { DataEvent, StepOutputEvent, StepResetEvent } from './stream-event.js'

interface Spoken extends Speaker {
  readonly record: StepRecord | undefined
  readonly generation: number
}

/** Which step it is about, as all events of one execution of it say. */
export function aboutStep({ frame, record, generation }: Omit<Spoken, 'index'>, runId: string) {
  const leg = record?.resume ? `:${record.resume.by}` : ''
  const stepName = record?.id ?? frame.node.id
  return {
    id: [...idPath(frame).slice(0, -1), stepName].join('.'),
    stepName,
    stepCallId: `${runId}:${frame.path}:${generation}${leg}`,
  }
}

function aboutSpeaker(spoken: Spoken, runId: string) {
  return { ...aboutStep(spoken, runId), ...(spoken.index !== undefined && { currentIndex: spoken.index }) }
}

/** What a step has written, as those who watch get it. */
export function chunkEvent(
  spoken: Spoken,
  runId: string,
  { custom, value }: { readonly custom?: true | undefined; readonly value: unknown },
): StepOutputEvent | DataEvent {
  const about = aboutSpeaker(spoken, runId)
  if (!custom) return { type: 'workflow-step-output', runId, from: 'USER', payload: { ...about, output: value, runId } }
  const { id: _, stepName: __, ...call } = about
  return { ...(value as Pick<DataEvent, 'type' | 'data'>), runId, from: 'USER', ...call }
}

export const resetEvent = (spoken: Spoken, runId: string): StepResetEvent => ({
  type: 'workflow-step-reset',
  runId,
  from: 'WORKFLOW',
  payload: aboutSpeaker(spoken, runId),
})
