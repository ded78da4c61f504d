import { counts } from './activity.js'
import type { RunAdmitted, RunQueued } from './gate-event.js'
import type { Activity, RunState } from './state.js'
import type { Turn } from './turn.js'

/** A limit that a run has to be let through before it goes on; its id names the journal that counts. */
export interface Gate {
  readonly id: string
  /** The run has a place in it until it rests or ends. Those come first in a list of gates. */
  readonly holds?: true
  /** It counts how often runs start. */
  readonly counts?: true
}

/** How a run gets through its gates: anew each time that it goes on. */
export interface Admission {
  readonly gates: readonly Gate[]
  /** Among those that wait, the higher number goes first. */
  readonly priority: number
  /** Counts the times; each has a ticket of its own, and those before the one of now are of no use any more. */
  readonly ticket: number
  /** So many gates have let it through this time. */
  readonly passed: number
  /** It starts, which gates that count starts want to know. */
  readonly isStart: boolean
  /** The ticket lies in the next gate: nobody has to look after the run until that lets it through. */
  readonly isQueued: boolean
}

/** The gate before which a run stands that would go on, but for that. */
export function gateAhead({ phase, rest, admission }: RunState): Gate | undefined {
  if (!admission || rest !== undefined || (phase !== 'queued' && phase !== 'running')) return undefined
  const next = admission.gates[admission.passed]
  return next && (admission.isStart || next.holds) ? next : undefined
}

/** Nothing of its own work may begin. Callbacks of its rest may: they are no part of that. */
export const isHeldUp = (state: RunState, activity: Activity): boolean =>
  counts(activity) && gateAhead(state) !== undefined

interface Asking {
  readonly gates?: readonly Gate[]
  readonly priority?: number
}

/** A run that starts is told where it has to ask. */
export function arrive({ state, undo }: Turn, { gates, priority = 0 }: Asking): void {
  if (!gates) return undo.set(state, 'admission', undefined)
  const { ticket } = state.admission ?? { ticket: 1 }
  undo.set(state, 'admission', { gates, priority, ticket, passed: 0, isStart: true, isQueued: false })
}

/** It rests, has ended, or did not start after all: what it holds is given back, and it has to ask anew if it goes on. */
export function leave({ state, undo }: Turn): void {
  const { admission } = state
  if (!admission) return
  const { ticket } = admission
  undo.set(state, 'admission', { ...admission, ticket: ticket + 1, passed: 0, isStart: false, isQueued: false })
}

export function queued({ state, undo }: Turn, event: RunQueued): boolean {
  const admission = askedBy(state, event)
  if (!admission || admission.isQueued) return false
  undo.set(state, 'admission', { ...admission, isQueued: true })
  return true
}

/** One gate has let it through; there may be another one. */
export function pass({ state, undo }: Turn, event: RunAdmitted): boolean {
  const admission = askedBy(state, event)
  if (!admission) return false
  undo.set(state, 'admission', { ...admission, passed: admission.passed + 1, isQueued: false })
  return true
}

/** What a gate says of another time or another gate means nothing. */
const askedBy = (state: RunState, { gate, ticket }: RunQueued | RunAdmitted): Admission | undefined =>
  gateAhead(state)?.id === gate && state.admission?.ticket === ticket ? state.admission : undefined
