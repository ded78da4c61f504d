import { type Reason, recordsOf, type Workflow } from '@wf/core'
import type { Standing } from './stuck.js'

/** Nobody says when a lease is over or a limit lets a run through; it is looked after so long. */
const LOOK_MS = 5_000

/** How long until something may happen in a run; `undefined`: nothing will. `looks`: it may take some looks. */
export function nextMoment(
  standing: Standing,
  now: number,
): { readonly inMs: number; readonly looks: boolean } | undefined {
  const { why, workflow } = standing
  const moments = why.waitsFor.flatMap((reason) => momentsOf(workflow, reason)).filter((at) => at > now)
  if (moments.length > 0) return { inMs: Math.min(...moments) - now, looks: false }
  return why.waitsFor.some((reason) => goesOn(standing, reason)) ? { inMs: LOOK_MS, looks: true } : undefined
}

function momentsOf(workflow: Workflow, { kind, dueAt, step, since }: Reason): readonly number[] {
  if (dueAt !== undefined) return [dueAt]
  const timeoutMs = kind === 'running' ? timeoutOf(workflow, step) : undefined
  return timeoutMs !== undefined && since !== undefined ? [since + timeoutMs] : []
}

/** Whether somebody takes it up without being asked: a moment that is past was missed by a process that has died. */
function goesOn({ open, mayLag }: Standing, { kind, step, dueAt }: Reason): boolean {
  if (kind === 'event' && mayLag) return true
  if (dueAt !== undefined || kind === 'ready' || kind === 'callback' || kind === 'limit') return true
  return kind === 'running' && !open.some(({ path }) => path === step.join('.'))
}

/** That of the step itself; a workflow's own time is a timer of the run. */
function timeoutOf({ graph }: Workflow, ids: readonly string[]): number | undefined {
  let within = graph
  for (const [depth, id] of ids.entries()) {
    const node = recordsOf(within).get(id)?.node
    if (node?.kind === 'step' && depth === ids.length - 1) return node.timeoutMs
    if (node?.kind !== 'workflow') return undefined
    within = node.graph
  }
  return undefined
}
