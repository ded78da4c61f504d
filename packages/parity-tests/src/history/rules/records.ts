import type { HistoryEntry } from '@wf/core'
import { beginsOf } from '../begins.js'
import {
  attemptKeyOf,
  effective,
  type Faults,
  type Found,
  found,
  type HistoryRule,
  isOutcome,
  keyOf,
  type Material,
} from '../evidence.js'
import type { RecordedRun } from '../recorded-runs.js'

const isBody = ({ part }: HistoryEntry): boolean => part === 'body'

export const recordedOnce: HistoryRule = {
  states:
    'An attempt has one outcome, and a body whose result is recorded never begins again, but under a claim that was lost before.',
  check: (material) => material.runs.flatMap((run) => [...outcomesTwice(run), ...begunAgain(run, material)]),
}

function outcomesTwice(run: RecordedRun): readonly Found[] {
  const outcomes = effective(run).filter((entry) => isBody(entry) && isOutcome(entry))
  return [...Map.groupBy(outcomes, (entry) => attemptKeyOf(run, entry))].flatMap(([name, entries]) =>
    entries.length > 1 ? found(run.runId, `attempt ${name} has ${entries.length} outcomes`, ...entries) : [],
  )
}

function begunAgain(run: RecordedRun, material: Material): readonly Found[] {
  const late = lostAttempts(run, material.faults)
  const begins = Map.groupBy(beginsOf(run.runId, material), ({ attemptKey }) => attemptKey)
  const over = new Map<string, HistoryEntry>()
  const wrong: Found[] = []
  for (const entry of effective(run).filter(isBody)) {
    const place = `${keyOf(entry)} in ${entry.generation}`
    const result = over.get(place)
    if (entry.type === 'step-claimed' && result)
      wrong.push(found(run.runId, `${keyOf(entry)} was claimed though its result is recorded`, result, entry))
    if (entry.type !== 'step-succeeded' && entry.type !== 'step-bailed') continue
    over.set(place, entry)
    // Whoever stood still between a claim and its body begins it when somebody else has ended it long since.
    const attemptKey = attemptKeyOf(run, entry)
    if (late.has(attemptKey)) continue
    const again = begins.get(attemptKey)?.find(({ at }) => at > entry.at)
    if (again) wrong.push(found(run.runId, `${again.attemptKey} began in ${again.process} after its result`, entry))
  }
  return wrong
}

/** Attempts of which a claim went over to somebody else, because its process was taken for dead. */
function lostAttempts(run: RecordedRun, { lost }: Faults): ReadonlySet<string> {
  const claims = new Map(run.history.entries.map((entry) => [nameOf(entry), entry]))
  const taken = effective(run).filter(({ over }) => {
    const session = over && claims.get(nameOf(over))?.session
    return session !== undefined && (lost === 'any' || lost.includes(session))
  })
  return new Set(taken.map((entry) => attemptKeyOf(run, entry)))
}

export const explainedDuplicates: HistoryRule = {
  states:
    'A body begins once for each claim, and a further claim of an attempt stands for one that was lost or given back.',
  check: (material) =>
    material.runs.flatMap((run) => [
      ...furtherClaims(run),
      ...unexplainedLosses(run, material.faults),
      ...unclaimedBegins(run, material),
    ]),
}

const nameOf = ({ version, index }: { readonly version: number; readonly index: number }): string =>
  `${version}.${index}`

const isLoss = ({ type, over }: HistoryEntry): boolean => type === 'step-released' || over !== undefined

function furtherClaims(run: RecordedRun): readonly Found[] {
  const entries = effective(run).filter((entry) => isBody(entry) && (entry.type === 'step-claimed' || isLoss(entry)))
  return [...Map.groupBy(entries, (entry) => attemptKeyOf(run, entry))].flatMap(([name, some]) => {
    const claims = some.filter(({ type }) => type === 'step-claimed')
    const losses = some.filter(isLoss)
    if (claims.length - 1 <= losses.length) return []
    return found(
      run.runId,
      `attempt ${name} was claimed ${claims.length} times and lost ${losses.length} times`,
      ...claims,
    )
  })
}

function unexplainedLosses(run: RecordedRun, { lost, closed }: Faults): readonly Found[] {
  const entries = effective(run)
  const claims = new Map(entries.filter(({ type }) => type === 'step-claimed').map((entry) => [nameOf(entry), entry]))
  return entries.filter(isLoss).flatMap((entry) => {
    const isRelease = entry.type === 'step-released'
    const of = entry.over ?? entry.claim
    const claim = of && claims.get(nameOf(of))
    // Who stalls and finds out gives back what gives up then.
    const causes = isRelease ? [closed, lost] : [lost]
    if (causes.some((some) => some === 'any' || (claim?.session !== undefined && some.includes(claim.session))))
      return []
    const text = isRelease
      ? 'was given back, though its process was neither closed nor lost'
      : 'was taken for lost, though its process lived'
    return found(run.runId, `the claim of ${keyOf(entry)} ${text}`, ...(claim ? [claim] : []), entry)
  })
}

function unclaimedBegins(run: RecordedRun, material: Material): readonly Found[] {
  const { heldBack = [] } = material
  if (heldBack === 'any' || heldBack.includes(run.runId)) return []
  const claims = Map.groupBy(
    effective(run).filter(({ type }) => type === 'step-claimed'),
    (entry) => attemptKeyOf(run, entry),
  )
  const begins = Map.groupBy(beginsOf(run.runId, material), ({ attemptKey }) => attemptKey)
  return [...begins].flatMap(([name, lines]) => {
    const allowed = claims.get(name) ?? []
    if (lines.length <= allowed.length) return []
    return found(run.runId, `${name} began ${lines.length} times under ${allowed.length} claims`, ...allowed)
  })
}

export const fencing: HistoryRule = {
  states: 'Nothing has an effect that was done under a claim which does not stand any more.',
  check: ({ runs }) => runs.flatMap(unfenced),
}

/** These leave a claim as it is. */
const CHANGES: ReadonlySet<string> = new Set(['state-set', 'context-set', 'input-parsed'])

function unfenced(run: RecordedRun): readonly Found[] {
  const standing = new Map<string, HistoryEntry>()
  const wrong: Found[] = []
  for (const entry of effective(run)) {
    const key = keyOf(entry)
    const text = unfencedText(entry, standing.get(key))
    if (text !== undefined) wrong.push(found(run.runId, `${entry.type} of ${key} ${text}`, entry))
    if (entry.type === 'step-claimed') standing.set(key, entry)
    else if (entry.claim && !CHANGES.has(entry.type)) standing.delete(key)
    drop(standing, entry)
  }
  return wrong
}

function unfencedText(entry: HistoryEntry, standing: HistoryEntry | undefined): string | undefined {
  const there = standing && nameOf(standing)
  if (entry.type === 'step-claimed')
    return there === (entry.over && nameOf(entry.over)) ? undefined : 'is over another claim than the one that stood'
  if (entry.claim) return there === nameOf(entry.claim) ? undefined : 'has an effect though its claim did not stand'
  return isOutcome(entry) && standing ? 'has an effect past the claim that stood' : undefined
}

/** What ends a part of the run, or all of it, ends the claims there: also that of a callback which an earlier rest has brought. */
function drop(standing: Map<string, HistoryEntry>, { type, part, path }: HistoryEntry): void {
  const all = type === 'cancel-requested' || type === 'time-travelled' || type === 'run-ended'
  if (!all && !(type === 'timer-fired' && part === 'timeout')) return
  for (const [key, claim] of standing)
    if (path.every((index, depth) => claim.path[depth] === index)) standing.delete(key)
}
