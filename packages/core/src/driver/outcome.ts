import { isInterrupted } from '../builder/interrupted.js'
import { isNonRetryable, isTripWire, isValidationError, isWorkflowError, toError } from '../errors/index.js'
import { type Activity, type Ref, type RunEvent, workflowOf } from '../machine/index.js'
import type { Fact } from './fold.js'
import type { Recorder } from './recorder.js'
import type { Remains } from './remains.js'
import type { TrackedContext } from './scene.js'
import type { Surroundings } from './setting.js'
import { setOwn } from './values.js'

/** Under which claim something was done, and how it is written down. */
export interface Desk {
  readonly at: string
  readonly claim?: Ref | undefined
  readonly recorder: Recorder
  readonly around: Surroundings
  readonly activity: Pick<Activity, 'frame'>
  /** Chance for the jitter of a retry. */
  random(): number
}

const under = ({ at, claim }: Desk) => (claim === undefined ? { at } : { at, claim })

/** The one outcome that there is for nearly every step: made without copying. */
const succeeded = ({ at, claim }: Desk): RunEvent =>
  claim === undefined ? { type: 'step-succeeded', at } : { type: 'step-succeeded', at, claim }

/** The facts of a body that returned: what it changed, then what it came to. */
export function outcomeOf(desk: Desk, remains: Remains, returned: unknown): readonly Fact[] | Promise<readonly Fact[]> {
  const last = ending(desk, remains, returned)
  if (!remains.state && !remains.context && !(last instanceof Promise)) return [last]
  return withChanges(desk, remains, last)
}

async function withChanges(desk: Desk, remains: Remains, last: Fact | Promise<Fact>): Promise<readonly Fact[]> {
  const ended = await last
  return [...(await changeFacts(desk, remains)), ended]
}

/** Refuses what is about to be recorded with a secret in it. */
export function refuseSecrets({ secrets, asked, state, context }: Remains, returned?: unknown): void {
  if (!secrets) return
  secrets.over()
  secrets.refuseIn(returned, 'what the body returned')
  secrets.refuseIn(asked?.value, 'what the body asked for')
  secrets.refuseIn(state, 'the state')
  if (context) secrets.refuseIn(setIn(context), 'the request context')
}

function setIn(context: TrackedContext): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const key of context.changed) setOwn(values, key, context.get(key))
  return values
}

/** What user code did to the state, then what it did to the request context. */
export async function changeFacts(desk: Desk, remains: Remains): Promise<readonly Fact[]> {
  return [...(await stateFacts(desk, remains)), ...(await contextFacts(desk, remains))]
}

function ending(desk: Desk, { asked }: Remains, returned: unknown): Fact | Promise<Fact> {
  const { recorder } = desk
  const value = isInterrupted(returned) ? undefined : returned
  if (asked?.kind === 'bail') return recorder.valued({ type: 'step-bailed', ...under(desk) }, asked.value)
  if (asked?.kind !== 'suspend') return recorder.valued(succeeded(desk), value)
  const labels = asked.labels.length > 0 ? { labels: asked.labels } : {}
  const awaits = asked.awaits && { awaits: asked.awaits }
  const event: RunEvent = {
    type: 'step-suspended',
    ...under(desk),
    ...labels,
    ...awaits,
    ...(value ? { output: true } : {}),
  }
  return recorder.valued(event, value ? { payload: asked.value, output: value } : { payload: asked.value })
}

async function stateFacts(desk: Desk, { state }: Remains): Promise<readonly Fact[]> {
  if (!state) return []
  const keys = Object.keys(state)
  return [await desk.recorder.valued({ type: 'state-set', ...under(desk), keys }, state)]
}

async function contextFacts(desk: Desk, { context }: Remains): Promise<readonly Fact[]> {
  if (!context || context.changed.size + context.deleted.size === 0) return []
  const keys = [...context.changed]
  const deleted = context.deleted.size > 0 ? { deleted: [...context.deleted] } : {}
  return [await desk.recorder.valued({ type: 'context-set', ...under(desk), keys, ...deleted }, setIn(context))]
}

/** The facts of an attempt that threw: state that it had set stays, what it did to the request context does not. */
export async function failureOf(desk: Desk, thrown: unknown, given: Failing = {}): Promise<readonly Fact[]> {
  const secrets = given.remains?.secrets
  const error = secrets ? secrets.mask(toError(thrown)) : toError(thrown)
  const final = given.final || isNonRetryable(thrown) || isTripWire(thrown) || isForGood(thrown)
  const event: RunEvent = {
    type: 'step-failed',
    ...under(desk),
    ...(final && { final }),
    ...(isNonRetryable(thrown) && { nonRetryable: true }),
    ...(isTripWire(thrown) && { tripwire: true }),
    ...(!final && { chance: desk.random() }),
  }
  const before = given.remains ? await stateFacts(desk, withoutSecrets(given.remains)).catch(() => []) : []
  return [...before, await recordError(desk, event, error)]
}

/** Another attempt would bring the same. */
const isForGood = (thrown: unknown): boolean =>
  isValidationError(thrown) || isWorkflowError(thrown, 'WF_SECRET_EXPOSED')

/** State that has come to hold a secret after it was set is dropped. */
function withoutSecrets(remains: Remains): Remains {
  const { secrets, state, ...rest } = remains
  secrets?.over()
  return secrets?.refuses(state) ? { ...rest, secrets, state: undefined } : remains
}

interface Failing {
  readonly final?: true
  readonly remains?: Remains
}

/** Of the message of an error that cannot cross; it may be what was too large. */
const MOST_TOLD = 10_000

/**
 * An error that cannot cross is replaced by one that says so. Where not even that can be written, because encryption or
 * the place for large values is out of order, the failure is recorded without its error: it must not be lost.
 */
export async function recordError(desk: Desk, event: RunEvent, thrown: Error): Promise<Fact> {
  const { recorder } = desk
  const error = redacted(desk, thrown)
  try {
    return await recorder.valued(event, error)
  } catch (reason) {
    const plain = new Error(String(error.message).slice(0, MOST_TOLD), { cause: redacted(desk, toError(reason)) })
    return lessOf(recorder, event, Object.assign(plain, { name: String(error.name).slice(0, MOST_TOLD) }))
  }
}

function redacted({ around, activity: { frame } }: Desk, error: Error): Error {
  return around.redaction.error(error, {
    kind: 'error',
    workflowId: workflowOf(frame.parent ?? frame).node.workflowId,
    ...(frame.parent && { stepId: frame.node.id }),
    runId: around.runId,
  })
}

async function lessOf(recorder: Recorder, event: RunEvent, error: Error): Promise<Fact> {
  try {
    return await recorder.valued(event, error)
  } catch {
    return recorder.plain(event)
  }
}
