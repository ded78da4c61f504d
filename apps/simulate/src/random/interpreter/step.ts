import { HANG_MS, type MapPlan, RETRY_MS, type StepPlan } from '../plan.ts'
import { bodyName, chunkName, digest, labelOf, madeFrom, ownKey, SHARED_KEY } from '../values.ts'
import type { Scope } from './flow.ts'
import { change, type Ended, stateOf, suspend } from './strand.ts'

type Step = Omit<StepPlan, 'kind'> & Pick<StepPlan | MapPlan, 'kind'> & { readonly error?: string }

const plain = { fails: 0, takesMs: 0, sets: 'nothing', looks: false, chunks: 0, error: 'WF_STEP_FUNCTION' } as const

/** A map is as a step that does little, and whose policy is that of its workflow. */
export const stepOf = ({ kind, id, end }: MapPlan): Step =>
  end === 'suspends' ? { ...plain, kind, id, asks: 1, end: 'gives' } : { ...plain, kind, id, asks: 0, end }

/** What a body is given, how often it was resumed, and tried since. */
type Given = { readonly input: unknown; readonly resumed: unknown; readonly leg: number; readonly attempt: number }

/** Resumed as often as it asks, and each time tried as often as it may be. */
export async function runStep(step: Step, input: unknown, scope: Scope): Promise<Ended> {
  const { id, end, fails, retries = scope.retries } = step
  for (let given: Given = { input, resumed: undefined, leg: 0, attempt: 0 }; ; ) {
    const ended = await runBody(step, given, scope)
    const { leg, attempt } = given
    if (ended === 'asks') {
      const payload = { label: labelOf(id, input, leg), leg: leg + 1 }
      const resumed = await suspend(scope.strand, { path: [...scope.around, id], payload })
      await scope.run.time.taken(id + scope.items)
      given = { input, resumed, leg: leg + 1, attempt: 0 }
    } else if (ended.how === 'fails' && attempt < retries && (attempt < fails || end !== 'throws for good')) {
      await scope.run.time.pass(RETRY_MS, id + scope.items, 'take up')
      given = { ...given, attempt: attempt + 1 }
    } else return ended
  }
}

async function runBody(step: Step, { input, resumed, leg, attempt }: Given, scope: Scope): Promise<Ended | 'asks'> {
  const { id, kind, end, asks, fails, sets, error = `${id} throws` } = step
  const { run, strand } = scope
  const looked = kind === 'map' ? [] : [step.looks ? digest(stateOf(strand), scope.unseen) : 0]
  const value = madeFrom(id, input, resumed, ...looked)
  const name = bodyName(id, input, [leg, attempt])
  const last = leg === asks && attempt >= fails ? end : undefined
  run.said.begins.push({ name, after: strand.last })
  await run.time.pass(last === 'hangs' ? HANG_MS : step.takesMs, id + scope.items, last === 'aborts' ? 'abort' : 'do')
  strand.last = [name]
  if (last === 'hangs') return { how: 'fails', error: 'WF_TIMEOUT' }
  if (last === 'aborts') return run.cancel()
  for (let chunk = 0; chunk < step.chunks; chunk += 1) run.said.chunks.push(chunkName(name, chunk))
  // What an attempt has set is kept, however it ends.
  if (sets !== 'nothing') change(strand, [sets === 'a key of many' ? SHARED_KEY : ownKey(id, input), value])
  if (attempt < fails) return { how: 'fails', error: `${id} fails` }
  if (leg < asks) return 'asks'
  if (end === 'gives' || end === 'bails') return { how: end, value }
  if (end === 'trips') return { how: end, error: `${id} trips` }
  return { how: 'fails', error }
}
