import { HANG_MS, type MapPlan, RETRY_MS, type SleepPlan, type StepPlan, WAIT_MS, type WaitPlan } from '../plan.ts'
import { digest, labelOf, madeFrom, ownKey, SHARED_KEY } from '../values.ts'
import { Bail, Failure } from './interrupts.ts'
import type { StepRecord } from './records.ts'
import { ask, enter, runBody, type Scope } from './scope.ts'

/** A step: entered, resumed as often as it asks, and each time tried as often as it may be. */
export async function runStep(step: StepPlan, input: unknown, scope: Scope): Promise<unknown> {
  const record = enter(scope, step.id, { payload: input })
  let resumed: unknown
  for (let leg = 0; ; leg += 1) {
    const given = await recordedBy(record, scope, () => tryOften(step, { input, leg, resumed }, scope))
    if (given !== ASKS) return over(record, given)
    resumed = await asks(record, { id: step.id, input, leg }, scope)
  }
}

const ASKS = Symbol('asks')

interface Leg {
  readonly input: unknown
  readonly leg: number
  readonly resumed: unknown
}

async function tryOften(step: StepPlan, leg: Leg, scope: Scope): Promise<unknown> {
  const retries = step.retries ?? scope.retries
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await tryOnce(step, { ...leg, attempt }, scope)
    } catch (thrown) {
      if (!(thrown instanceof Failure) || attempt >= retries) throw thrown
      if (thrown.course.isTripwire || thrown.course.isForGood) throw thrown
      await scope.run.time.pass(RETRY_MS, step.id)
    }
  }
}

async function tryOnce(step: StepPlan, { attempt, ...given }: Leg & { readonly attempt: number }, scope: Scope) {
  const { id, end, asks, fails, takesMs } = step
  const { input, leg, resumed } = given
  const { view } = scope.strand
  const value = madeFrom(id, input, resumed, step.looks ? digest(view.seen, scope.unseen) : 0)
  const isLast = leg === asks && attempt >= fails
  const hangs = isLast && end === 'hangs'
  await runBody(scope, id, { input, times: [leg, attempt], ms: hangs ? HANG_MS : takesMs })
  if (hangs) throw new Failure('WF_TIMEOUT')
  if (isLast && end === 'aborts') {
    scope.run.cancel()
    return new Promise<never>(() => undefined)
  }
  if (step.sets !== 'nothing') view.set(step.sets === 'a key of its own' ? ownKey(id, input) : SHARED_KEY, value)
  if (attempt < fails) throw new Failure(`${id} fails`)
  if (leg < asks) return ASKS
  return ended(step, value)
}

function ended({ id, end }: StepPlan, value: unknown): unknown {
  if (end === 'bails') throw new Bail(value)
  if (end === 'trips') throw new Failure(`${id} trips`, { isTripwire: true })
  if (end === 'throws for good') throw new Failure(`${id} throws`, { isForGood: true })
  if (end === 'throws' || end === 'suspends and throws') throw new Failure(`${id} throws`)
  return value
}

/** A map is a step whose policy is that of its workflow; it may suspend once. */
export async function runMap({ id, end }: MapPlan, input: unknown, scope: Scope): Promise<unknown> {
  const record = enter(scope, id, { payload: input })
  let resumed: unknown
  if (end === 'suspends') {
    await runBody(scope, id, { input, times: [0, 0], ms: 0 })
    resumed = await asks(record, { id, input, leg: 0 }, scope)
  }
  return recordedBy(record, scope, async () => {
    for (let attempt = 0; ; attempt += 1) {
      await runBody(scope, id, { input, times: [end === 'suspends' ? 1 : 0, attempt], ms: 0 })
      if (end !== 'throws') break
      if (attempt >= scope.retries) throw new Failure('WF_STEP_FUNCTION')
      await scope.run.time.pass(RETRY_MS, id)
    }
    const value = madeFrom(id, input, resumed)
    if (end === 'bails') throw new Bail(value)
    return over(record, value)
  })
}

async function asks(record: StepRecord, { id, input, leg }: Asking, scope: Scope): Promise<unknown> {
  const label = labelOf(id, input, leg)
  Object.assign(record, { status: 'suspended', suspendPayload: { label, leg: leg + 1 } })
  const resumed = await ask(scope, id, { label, payload: record.suspendPayload })
  record.status = 'running'
  delete record.suspendPayload
  return resumed
}

interface Asking {
  readonly id: string
  readonly input: unknown
  readonly leg: number
}

export async function runSleep({ id, ms }: SleepPlan, input: unknown, scope: Scope): Promise<unknown> {
  const record = enter(scope, id, { payload: input })
  await scope.run.time.pass(ms, id)
  return over(record, input)
}

export async function runWait({ id, comes }: WaitPlan, input: unknown, scope: Scope): Promise<unknown> {
  const record = enter(scope, id, { payload: input })
  await scope.run.time.pass(comes === 'an event' ? 0 : WAIT_MS, id)
  return recordedBy(record, scope, async () => {
    if (comes === 'nothing') throw new Failure('WF_EVENT_TIMEOUT')
    return over(record, comes === 'null' ? null : madeFrom(id, input))
  })
}

export function over(record: StepRecord, output: unknown): unknown {
  Object.assign(record, { status: 'success', output })
  return output
}

/** What fails or bails in it is the end of what is recorded here. */
export async function recordedBy(
  record: StepRecord,
  { bailsAs }: Scope,
  run: () => Promise<unknown>,
): Promise<unknown> {
  try {
    return await run()
  } catch (thrown) {
    if (thrown instanceof Failure) Object.assign(record, { status: 'failed', error: thrown.message })
    if (thrown instanceof Bail) Object.assign(record, { status: bailsAs, output: thrown.value })
    throw thrown
  }
}
