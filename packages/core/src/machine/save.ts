import type { Lookup } from './few-map.js'
import { inPlaceOrder, ownScope } from './frame.js'
import { kinds } from './kinds/index.js'
import type { Saved, SavedActivity, SavedDue, SavedFrame, SavedTimer } from './saved.js'
import { packRecord, saveOutputs } from './saved-record.js'
import {
  type Activity,
  type Due,
  type Frame,
  type RunState,
  type Stamp,
  type StepRecord,
  type Timer,
  UNUSED,
  usedMs,
  type Written,
} from './state.js'

const at = (stamp: Stamp | undefined): number | undefined => stamp?.at

const saveDue = ({ from, delayMs, used = UNUSED }: Due): SavedDue => ({ from: from.at, delayMs, usedMs: usedMs(used) })

const saveTimer = ({ key, what, due, frame }: Timer): SavedTimer => ({ key, what, due: saveDue(due), path: frame.path })

const saveWaits = ({ waits, unplaced }: RunState): Saved['waits'] =>
  waits.size > 0
    ? sorted(waits).map(({ frame: _, since, ...wait }) => ({
        ...wait,
        since: since.at,
        placed: !unplaced.has(wait.at),
      }))
    : undefined

const saveMap = (map: Lookup<string, Written> | undefined): (readonly [string, Written])[] | undefined =>
  map && map.size > 0 ? [...map] : undefined

function saveActivity(activity: Activity): SavedActivity {
  const { part, seq, input, attempt, leg, begun, lost, lostAlone, wrote, claim, suspension, resume } = activity
  const saved = claim && { ...claim, since: claim.since.at }
  return { part, seq, input, attempt, leg, begun, lost, lostAlone, wrote, claim: saved, suspension, resume }
}

/** A fold that was taken back may leave a map in another order; the save is the same. */
function sorted<Value>(map: Lookup<string, Value>): readonly Value[] {
  return [...map].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value)
}

const saveHeld = (held: Frame['held']): readonly number[] | undefined =>
  held?.filter(({ heldAt }, at) => heldAt === at).map(({ slot }) => slot)

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
    outputs: saveOutputs(outputs),
    quiet,
    settled,
    size,
    concurrency,
    halted,
    failure,
    failedSlot,
    busy: frame.busy,
    held: saveHeld(frame.held),
    bail: frame.bail,
    verdict: frame.verdict,
    overlay: saveMap(frame.overlay),
    pending: saveMap(frame.pending),
    runsSince: at(frame.runsSince),
    usedMs: usedMs(frame.used),
    record: record && packRecord(record),
    results: results && [...results.values()].map(packRecord),
    activity: frame.activity && saveActivity(frame.activity),
    children: frame.children && inPlaceOrder(frame).map(saveFrame),
  }
}

export function saveState(state: RunState): Saved {
  const {
    phase,
    generation,
    admission,
    rest,
    rests,
    perStep,
    chunks,
    traces,
    stepped,
    outcome,
    refused,
    input,
    callbacks,
    seq,
    trail,
  } = state
  return {
    phase,
    generation,
    admission,
    rest,
    rests,
    perStep,
    chunks,
    ...(traces.length > 0 && { traces }),
    stepped,
    outcome,
    refused,
    input,
    callbacks,
    seq,
    trail: [...trail],
    startedAt: at(state.startedAt),
    endedAt: at(state.endedAt),
    earlier: state.earlier.map(({ outcome, endedAt }) => ({ outcome, endedAt: at(endedAt) })),
    state: saveMap(state.state),
    context: [...state.context].map(([key, written]) => [key, written ?? null] as const),
    suspended: [...state.suspended.keys()].sort(),
    timers: sorted(state.timers).map(saveTimer),
    waits: saveWaits(state),
    root: saveFrame(state.root),
  }
}
