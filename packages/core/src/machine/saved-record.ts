import type { PackedRecord, SavedFrame, SavedRecord } from './saved.js'
import type { Source } from './source.js'
import type { Stamp, StepRecord } from './state.js'

const at = (stamp: Stamp | undefined): number | undefined => stamp?.at

const stamp = (time: number | undefined): Stamp | undefined => (time === undefined ? undefined : { at: time })

/** Holes stay holes: each output lies in a list of its own. A blank end, which a fold that was taken back leaves, is cut. */
export function saveOutputs(outputs: readonly (Source | undefined)[] = []): SavedFrame['outputs'] {
  const end = outputs.findLastIndex((output) => output !== undefined) + 1
  if (end === 0) return undefined
  return Array.from(outputs.slice(0, end), (output) => (output === undefined ? [] : [output]))
}

export function loadOutputs(saved: SavedFrame['outputs'], into: (Source | undefined)[]): (Source | undefined)[] {
  saved?.forEach(([output], slot) => {
    if (output !== undefined) into[slot] = output
  })
  return into
}

export function saveRecord(record: StepRecord): SavedRecord {
  const { id, status, payload, output, failure, suspension, resume, iterationCount, counted, done } = record
  return {
    id,
    status,
    payload,
    output,
    failure,
    suspension,
    resume,
    iterationCount,
    counted,
    // That no item was over is not the same as knowing nothing.
    done: done && (saveOutputs(done) ?? []),
    startedAt: at(record.startedAt),
    endedAt: at(record.endedAt),
    suspendedAt: at(record.suspendedAt),
    resumedAt: at(record.resumedAt),
  }
}

export const loadRecord = (saved: SavedRecord): StepRecord => ({
  id: saved.id,
  status: saved.status,
  payload: saved.payload,
  output: saved.output,
  failure: saved.failure,
  startedAt: stamp(saved.startedAt),
  endedAt: stamp(saved.endedAt),
  suspension: saved.suspension,
  suspendedAt: stamp(saved.suspendedAt),
  resume: saved.resume,
  resumedAt: stamp(saved.resumedAt),
  iterationCount: saved.iterationCount,
  counted: saved.counted,
  done: saved.done && loadOutputs(saved.done, []),
  inner: undefined,
  items: undefined,
})

export function packRecord(record: StepRecord): PackedRecord {
  const { id, status, payload, output, startedAt, endedAt, ...rest } = saveRecord(record)
  const row = [id, status, payload, output, startedAt ?? null, endedAt ?? null] as const
  return Object.values(rest).every((one) => one === undefined) ? row : [...row, rest]
}

export function unpackRecord([id, status, payload, output, startedAt, endedAt, rest]: PackedRecord): StepRecord {
  const times = { startedAt: startedAt ?? undefined, endedAt: endedAt ?? undefined }
  return loadRecord({ ...NO_REST, ...rest, id, status, payload, output, ...times })
}

const NO_REST = {
  failure: undefined,
  suspension: undefined,
  resume: undefined,
  iterationCount: undefined,
  counted: undefined,
  done: undefined,
  suspendedAt: undefined,
  resumedAt: undefined,
}
