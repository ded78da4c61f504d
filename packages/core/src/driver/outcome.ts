import { isInterrupted } from '../builder/interrupted.js'
import { isNonRetryable, isTripWire, isValidationError, toError } from '../errors/index.js'
import type { Ref, RunEvent } from '../machine/index.js'
import type { Remains } from './context.js'
import type { Fact } from './fold.js'
import type { Recorder } from './recorder.js'
import { setOwn } from './values.js'

/** Under which claim something was done, and how it is written down. */
export interface Desk {
  readonly at: string
  readonly claim?: Ref | undefined
  readonly recorder: Recorder
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
  const event: RunEvent = { type: 'step-suspended', ...under(desk), ...labels, ...(value ? { output: true } : {}) }
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
  const values: Record<string, unknown> = {}
  for (const key of keys) setOwn(values, key, context.get(key))
  const deleted = context.deleted.size > 0 ? { deleted: [...context.deleted] } : {}
  return [await desk.recorder.valued({ type: 'context-set', ...under(desk), keys, ...deleted }, values)]
}

/** The facts of an attempt that threw: state that it had set stays, what it did to the request context does not. */
export async function failureOf(desk: Desk, thrown: unknown, given: Failing = {}): Promise<readonly Fact[]> {
  const error = toError(thrown)
  const final = given.final || isNonRetryable(thrown) || isTripWire(thrown) || isValidationError(thrown)
  const event: RunEvent = {
    type: 'step-failed',
    ...under(desk),
    ...(final && { final }),
    ...(isNonRetryable(thrown) && { nonRetryable: true }),
    ...(isTripWire(thrown) && { tripwire: true }),
    ...(!final && { chance: desk.random() }),
  }
  const before = given.remains ? await stateFacts(desk, given.remains).catch(() => []) : []
  return [...before, await recordError(desk, event, error)]
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
export async function recordError({ recorder }: Desk, event: RunEvent, error: Error): Promise<Fact> {
  try {
    return await recorder.valued(event, error)
  } catch (reason) {
    const plain = new Error(String(error.message).slice(0, MOST_TOLD), { cause: toError(reason) })
    return lessOf(recorder, event, Object.assign(plain, { name: String(error.name).slice(0, MOST_TOLD) }))
  }
}

async function lessOf(recorder: Recorder, event: RunEvent, error: Error): Promise<Fact> {
  try {
    return await recorder.valued(event, error)
  } catch {
    return recorder.plain(event)
  }
}
