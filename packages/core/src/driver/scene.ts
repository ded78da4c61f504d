import { RequestContext } from '../builder/request-context.js'
import { type Activity, type Frame, type Lookup, type Source, visibleState, workflowOf } from '../machine/index.js'
import type { Fold } from './fold.js'
import { setOwn } from './values.js'

/** What an attempt sees of the run: all of it as it was when the claim was recorded. */
export interface Scene {
  readonly fold: Fold
  readonly activity: Activity
  readonly frame: Frame
  readonly attempt: number
  readonly leg: number
  readonly restarted: boolean
  readonly suspendPayload: Source | undefined
  readonly resume: Activity['resume']
  readonly state: readonly (readonly [string, Source])[]
  readonly context: readonly (readonly [string, Source])[]
}

export function captureScene(fold: Fold, activity: Activity): Scene {
  const { state } = fold
  return {
    fold,
    activity,
    frame: activity.frame,
    attempt: activity.attempt,
    leg: activity.leg,
    restarted: activity.lost > 0,
    suspendPayload: activity.suspension?.payload,
    resume: activity.resume,
    state: sourcesOf(visibleState(state, activity.frame)),
    context: sourcesOf(state.context),
  }
}

const NONE: readonly (readonly [string, Source])[] = []

function sourcesOf(map: Lookup<string, { readonly source: Source } | undefined>) {
  if (map.size === 0) return NONE
  return [...map].flatMap(([key, written]) => (written ? [[key, written.source] as const] : []))
}

export function readObject(fold: Fold, sources: Scene['state']): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  for (const [key, source] of sources) setOwn(object, key, fold.values.read(source))
  return object
}

/** A request context that remembers what was changed in it. */
export class TrackedContext extends RequestContext {
  readonly changed = new Set<string>()
  readonly deleted = new Set<string>()

  override set(key: string, value: unknown): this {
    this.changed.add(key)
    this.deleted.delete(key)
    return super.set(key, value)
  }

  /** What a schema made of it, which is no change of the user's. */
  fit(values: unknown): void {
    if (typeof values !== 'object' || values === null) return
    for (const [key, value] of Object.entries(values)) super.set(key, value)
  }

  override delete(key: string): boolean {
    const had = super.delete(key)
    this.changed.delete(key)
    if (had) this.deleted.add(key)
    return had
  }

  override clear(): void {
    for (const key of [...this.keys()]) this.delete(key)
  }
}

export function readContext({ fold, context }: Scene): TrackedContext {
  return new TrackedContext(context.map(([key, source]) => [key, fold.values.read(source)] as const))
}

/** The output of a step that has succeeded, as seen from a frame; `null` otherwise. */
export function stepResult({ fold, frame }: Scene, id: string): unknown {
  for (let scope: Frame['inner'] | undefined = frame.scope; scope; scope = scope.outer) {
    const record = scope.results.get(id)
    if (record) return record.status === 'success' ? fold.values.read(record.output) : null
  }
  return null
}

/** The input of the workflow around a frame. */
export const initData = ({ fold, frame }: Scene): unknown => fold.values.read(workflowOf(frame.parent ?? frame).input)

/** Names one leg of one activity in one generation of one run: equal over retries and lost workers. */
export function idempotencyKey(runId: string, { activity, fold, leg }: Scene): string {
  return `${runId}:${activity.key}:${leg}:${fold.state.generation}`
}

/** Of the loop or foreach right around a frame. */
export function turnOf({ parent, slot }: Frame): { readonly iterationCount?: number; readonly index?: number } {
  if (!parent || !('body' in parent.node)) return {}
  return 'loopType' in parent.node ? { iterationCount: slot + 1 } : { index: slot }
}
