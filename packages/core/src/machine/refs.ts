import type { Lookup } from './few-map.js'
import { ownScope } from './frame.js'
import type { SavedRecord } from './saved.js'
import { loadRecord } from './saved-record.js'
import type { Ref, Source } from './source.js'
import type { Frame, RunState, Settled, StepRecord, Written } from './state.js'
import type { Telling } from './telling.js'

type Found = Set<Ref>

function ofSource(found: Found, source: Source | undefined): void {
  if (typeof source === 'number') found.add(source)
  else if (!source) return
  else if ('of' in source) ofSource(found, source.of)
  else if ('items' in source) for (const item of source.items) ofSource(found, item)
  else for (const [, field] of source.fields) ofSource(found, field)
}

function ofItself(found: Found, record: StepRecord): void {
  ofSource(found, record.payload)
  ofSource(found, record.output)
  ofSource(found, record.failure?.error)
  ofSource(found, record.suspension?.payload)
  ofSource(found, record.suspension?.output)
  ofSource(found, record.resume?.data)
}

function ofRecord(found: Found, record: StepRecord): void {
  ofItself(found, record)
  for (const output of record.done ?? []) ofSource(found, output)
  for (const inner of record.inner?.values() ?? []) ofRecord(found, inner)
  for (const item of record.items?.values() ?? []) for (const inner of item.values()) ofRecord(found, inner)
}

function ofSettled(found: Found, settled: Settled | undefined): void {
  ofSource(found, settled?.output)
  ofSource(found, settled?.failure?.error)
}

function ofMap(found: Found, map: Lookup<string, Written | undefined> | undefined): void {
  for (const written of map?.values() ?? []) ofSource(found, written?.source)
}

function ofFrame(found: Found, frame: Frame): void {
  ofSource(found, frame.input)
  for (const output of frame.outputs) ofSource(found, output)
  ofSource(found, frame.failure?.error)
  ofSource(found, frame.bail?.source)
  ofSettled(found, frame.verdict)
  ofMap(found, frame.overlay)
  ofMap(found, frame.pending)
  if (frame.record) ofRecord(found, frame.record)
  for (const record of ownScope(frame)?.results.values() ?? []) ofRecord(found, record)
  for (const child of frame.children?.values() ?? []) ofFrame(found, child)
}

/** The values that a source is made of. */
export function refsIn(source: Source): ReadonlySet<Ref> {
  const found: Found = new Set()
  ofSource(found, source)
  found.delete(0)
  return found
}

/** The values behind records that were saved. */
export function refsOfRecords(records: Iterable<SavedRecord>): ReadonlySet<Ref> {
  const found: Found = new Set()
  for (const saved of records) ofRecord(found, loadRecord(saved))
  found.delete(0)
  return found
}

/** The values that those who watch are told. */
export function refsToTell(told: readonly Telling[]): ReadonlySet<Ref> {
  const found: Found = new Set()
  for (const telling of told) {
    if (telling.what === 'chunk') found.add(telling.chunk.value ? telling.ref : 0)
    else if ('outcome' in telling) ofSettled(found, telling.outcome)
    else if ('record' in telling && telling.record) ofItself(found, telling.record)
    if (telling.what === 'item') ofSource(found, telling.output)
  }
  found.delete(0)
  return found
}

/** Every value that the state may still ask for, and those behind sources that somebody else holds. */
export function refsOf(state: RunState, others: Iterable<Source> = []): ReadonlySet<Ref> {
  const found: Found = new Set()
  for (const source of others) ofSource(found, source)
  ofSource(found, state.input)
  ofSource(found, state.refused)
  ofSettled(found, state.outcome)
  for (const { outcome } of state.earlier) ofSettled(found, outcome)
  ofMap(found, state.state)
  ofMap(found, state.context)
  ofFrame(found, state.root)
  for (const activity of state.activities.values()) {
    ofSource(found, activity.input)
    ofSource(found, activity.suspension?.payload)
    ofSource(found, activity.resume?.data)
  }
  found.delete(0)
  return found
}
