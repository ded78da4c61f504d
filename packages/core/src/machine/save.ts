import { kinds } from './kinds/index.js'
import type { Saved, SavedActivity, SavedDue, SavedFrame, SavedRecord, SavedSpell, SavedTimer } from './saved.js'
import type { Activity, Due, Frame, RunState, Scope, Spell, Stamp, StepRecord, Timer, Written } from './state.js'

const at = (stamp: Stamp | undefined): number | undefined => stamp?.at

const saveSpells = (spells: readonly Spell[] | undefined): readonly SavedSpell[] | undefined =>
  spells && spells.length > 0 ? spells.map(([from, to]) => [from.at, to.at] as const) : undefined

const saveDue = ({ from, delayMs, used }: Due): SavedDue => ({ from: from.at, delayMs, used: saveSpells(used) })

const saveTimer = ({ key, what, due, frame }: Timer): SavedTimer => ({ key, what, due: saveDue(due), path: frame.path })

const saveMap = (map: ReadonlyMap<string, Written> | undefined): (readonly [string, Written])[] | undefined =>
  map && map.size > 0 ? [...map] : undefined

function saveRecord(record: StepRecord): SavedRecord {
  const { id, status, payload, output, failure, suspension, resume, iterationCount } = record
  return {
    id,
    status,
    payload,
    output,
    failure,
    suspension,
    resume,
    iterationCount,
    startedAt: record.startedAt.at,
    endedAt: at(record.endedAt),
    suspendedAt: at(record.suspendedAt),
    resumedAt: at(record.resumedAt),
  }
}

function saveActivity(activity: Activity): SavedActivity {
  const { part, seq, input, attempt, leg, begun, lost, lostAlone, claim, suspension, resume } = activity
  return { part, seq, input, attempt, leg, begun, lost, lostAlone, claim, suspension, resume }
}

const ownScope = (frame: Frame): Scope | undefined =>
  frame.inner === frame.scope && frame.parent ? undefined : frame.inner

/** An item's record is found nowhere but in its frame. */
const ownRecord = ({ parent, record }: Frame): StepRecord | undefined =>
  parent && kinds[parent.node.kind].apart === 'items' ? record : undefined

function saveFrame(frame: Frame): SavedFrame {
  const { slot, input, position, outputs, quiet, settled, size, concurrency, halted, failure, failedSlot } = frame
  const record = ownRecord(frame)
  const results = ownScope(frame)?.results
  return {
    slot,
    input,
    position,
    outputs: outputs.length > 0 ? Array.from(outputs, (output) => (output === undefined ? [] : [output])) : undefined,
    quiet,
    settled,
    size,
    concurrency,
    halted,
    failure,
    failedSlot,
    busy: frame.busy,
    held: frame.held && [...frame.held.keys()],
    bail: frame.bail,
    verdict: frame.verdict,
    overlay: saveMap(frame.overlay),
    pending: saveMap(frame.pending),
    runsSince: at(frame.runsSince),
    used: saveSpells(frame.used),
    record: record && saveRecord(record),
    results: results && [...results.values()].map(saveRecord),
    activity: frame.activity && saveActivity(frame.activity),
    children: frame.children && [...frame.children.values()].map(saveFrame),
  }
}

export function saveState(state: RunState): Saved {
  const { phase, generation, rest, rests, perStep, stepped, outcome, input, callbacks, seq, trail } = state
  return {
    phase,
    generation,
    rest,
    rests,
    perStep,
    stepped,
    outcome,
    input,
    callbacks,
    seq,
    trail: [...trail],
    startedAt: at(state.startedAt),
    endedAt: at(state.endedAt),
    state: saveMap(state.state),
    context: [...state.context].map(([key, written]) => [key, written ?? null] as const),
    suspended: [...state.suspended.keys()],
    timers: [...state.timers.values()].map(saveTimer),
    root: saveFrame(state.root),
  }
}
