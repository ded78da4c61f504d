import { HANG_MS, type MapPlan, RETRY_MS, type SleepPlan, type StepPlan, WAIT_MS, type WaitPlan } from '../plan.ts'
import { chunkName, digest, labelOf, madeFrom, ownKey, SHARED_KEY } from '../values.ts'
import { ask, enter, leave, runBody, type Scope, type StepRecord } from './scope.ts'
import type { Ended } from './strand.ts'

/** How often it was resumed and tried, and with what. */
interface Time {
  readonly input: unknown
  readonly leg: number
  readonly attempt: number
  readonly resumed: unknown
}

/** Entered, resumed as often as it asks, and each time tried as often as it may be. */
async function runOften(
  { id, asks, retries }: { readonly id: string; readonly asks: number; readonly retries: number },
  input: unknown,
  { scope, once }: { readonly scope: Scope; readonly once: (time: Time) => Promise<Ended | 'asks'> },
): Promise<Ended> {
  const record = enter(scope, id, { payload: input })
  let resumed: unknown
  for (let leg = 0, attempt = 0; ; ) {
    const ended = await once({ input, leg, attempt, resumed })
    const isTriedAgain = ended !== 'asks' && 'failure' in ended && !ended.isTripwire && !ended.isForGood
    if (isTriedAgain && attempt < retries) {
      await scope.course.time.pass(RETRY_MS, id)
      attempt += 1
    } else if (ended === 'asks' && leg < asks) {
      resumed = await askAs(record, { id, input, leg }, scope)
      leg += 1
      attempt = 0
    } else if (ended !== 'asks') return leave(record, scope, ended)
  }
}

async function askAs(
  record: StepRecord,
  { id, input, leg }: { id: string; input: unknown; leg: number },
  scope: Scope,
) {
  const label = labelOf(id, input, leg)
  const payload = { label, leg: leg + 1 }
  Object.assign(record, { status: 'suspended', suspendPayload: payload })
  const resumed = await ask(scope, id, { label, payload })
  record.status = 'running'
  delete record.suspendPayload
  return resumed
}

export function runStep(step: StepPlan, input: unknown, scope: Scope): Promise<Ended> {
  const retries = step.retries ?? scope.retries
  return runOften({ ...step, retries }, input, { scope, once: (time) => runOnce(step, time, scope) })
}

async function runOnce(step: StepPlan, { input, leg, attempt, resumed }: Time, scope: Scope): Promise<Ended | 'asks'> {
  const { id, end, asks, fails, takesMs } = step
  const { view } = scope.strand
  const value = madeFrom(id, input, resumed, step.looks ? digest(view.seen, scope.unseen) : 0)
  const isLast = leg === asks && attempt >= fails
  const hangs = isLast && end === 'hangs'
  const name = await runBody(scope, id, { input, times: [leg, attempt], ms: hangs ? HANG_MS : takesMs })
  if (hangs) return { failure: 'WF_TIMEOUT' }
  if (isLast && end === 'aborts') {
    scope.course.cancel()
    return new Promise<never>(() => undefined)
  }
  for (let chunk = 0; chunk < step.chunks; chunk += 1) scope.course.chunks.push(chunkName(name, chunk))
  // What an attempt has set is kept, however it ends.
  if (step.sets !== 'nothing') view.set(step.sets === 'a key of its own' ? ownKey(id, input) : SHARED_KEY, value)
  if (attempt < fails) return { failure: `${id} fails` }
  if (leg < asks) return 'asks'
  if (end === 'bails') return { bail: value }
  if (end === 'trips') return { failure: `${id} trips`, isTripwire: true }
  return end === 'gives' ? { value } : { failure: `${id} throws`, isForGood: end === 'throws for good' }
}

/** A map is as a step whose policy is that of its workflow. */
export function runMap({ id, end }: MapPlan, input: unknown, scope: Scope): Promise<Ended> {
  const asks = end === 'suspends' ? 1 : 0
  const once = async ({ leg, attempt, resumed }: Time): Promise<Ended | 'asks'> => {
    await runBody(scope, id, { input, times: [leg, attempt], ms: 0 })
    if (leg < asks) return 'asks'
    if (end === 'throws') return { failure: 'WF_STEP_FUNCTION' }
    const value = madeFrom(id, input, resumed)
    return end === 'bails' ? { bail: value } : { value }
  }
  return runOften({ id, asks, retries: scope.retries }, input, { scope, once })
}

export async function runSleep({ id, ms }: SleepPlan, input: unknown, scope: Scope): Promise<Ended> {
  const record = enter(scope, id, { payload: input })
  await scope.course.time.pass(ms, id)
  return leave(record, scope, { value: input })
}

export async function runWait({ id, comes }: WaitPlan, input: unknown, scope: Scope): Promise<Ended> {
  const record = enter(scope, id, { payload: input })
  await scope.course.time.pass(comes === 'an event' ? 0 : WAIT_MS, id)
  if (comes === 'nothing') return leave(record, scope, { failure: 'WF_EVENT_TIMEOUT' })
  return leave(record, scope, { value: comes === 'null' ? null : madeFrom(id, input) })
}
