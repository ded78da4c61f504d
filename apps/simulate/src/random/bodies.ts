import { type Clock, NonRetryableError, type StepContext, TripWire } from '@wf/core'
import type { MapPlan, StepPlan } from './plan.ts'
import { bodyName, chunkName, digest, labelOf, madeFrom, ownKey, SHARED_KEY } from './values.ts'

/** What bodies know of the world that they are in, and where they say that they run. */
export interface Bodies {
  readonly clock: () => Clock
  /** How long an attempt of a step that hangs may take. */
  readonly hangMs: number
  readonly tell: (what: 'begins' | 'ends', name: string) => void
  /** An event that somebody now waits for. */
  readonly waits: (event: { readonly name: string; readonly key: string; readonly payload: number }) => void
}

type Body = StepPlan & { readonly unseen: ReadonlySet<string> }

/** Does what a plan says of a step. */
export async function runBody(plan: Body, context: StepContext, bodies: Bodies): Promise<unknown> {
  const { id } = plan
  const { inputData, retryCount } = context
  const leg = legOf(context)
  const name = bodyName(id, inputData, [leg, retryCount])
  bodies.tell('begins', name)
  try {
    return await act(plan, context, bodies)
  } finally {
    bodies.tell('ends', name)
  }
}

const legOf = ({ suspendData }: StepContext): number => (suspendData as { readonly leg?: number } | undefined)?.leg ?? 0

async function act(plan: Body, context: StepContext, { clock }: Bodies): Promise<unknown> {
  const { id, end, asks, fails, takesMs, sets, looks } = plan
  const { inputData, resumeData, retryCount, setState, state } = context
  const leg = legOf(context)
  const value = madeFrom(id, inputData, resumeData, looks ? digest(state, plan.unseen) : 0)
  const isLast = leg === asks && retryCount >= fails
  if (isLast && end === 'hangs') return untilAborted(context)
  if (isLast && end === 'aborts') {
    await passed(clock(), takesMs)
    context.abort()
    return value
  }
  if (sets !== 'nothing') await setState({ [sets === 'a key of its own' ? ownKey(id, inputData) : SHARED_KEY]: value })
  for (let chunk = 0; chunk < plan.chunks; chunk += 1)
    await context.writer.write(chunkName(bodyName(id, inputData, [leg, retryCount]), chunk))
  await passed(clock(), takesMs)
  if (retryCount < fails) throw new Error(`${id} fails`)
  if (leg < asks) return asked(context, id, leg)
  return ended(plan, context, value)
}

async function ended({ id, end, asks }: Body, context: StepContext, value: number): Promise<unknown> {
  switch (end) {
    case 'throws':
      throw new Error(`${id} throws`)
    case 'throws for good':
      throw new NonRetryableError(`${id} throws`)
    case 'suspends and throws':
      await asked(context, id, asks)
      throw new Error(`${id} throws`)
    case 'trips':
      throw new TripWire(`${id} trips`)
    case 'bails':
      return context.bail(value)
    default:
      return value
  }
}

const asked = (context: StepContext, id: string, leg: number) => {
  const label = labelOf(id, context.inputData, leg)
  return context.suspend({ label, leg: leg + 1 }, { resumeLabel: label })
}

const untilAborted = ({ abortSignal }: StepContext): Promise<never> =>
  new Promise((_, reject) => {
    const give = (): void => reject(new Error('aborted'))
    if (abortSignal.aborted) give()
    else abortSignal.addEventListener('abort', give, { once: true })
  })

const passed = (clock: Clock, ms: number): Promise<void> =>
  ms === 0 ? Promise.resolve() : new Promise((resolve) => void clock.after(ms, resolve))

/** Does what a plan says of a map. */
export async function runMap({ id, end }: MapPlan, context: StepContext, bodies: Bodies): Promise<unknown> {
  const { inputData, resumeData, suspendData, retryCount } = context
  const name = bodyName(id, inputData, [legOf(context), retryCount])
  bodies.tell('begins', name)
  bodies.tell('ends', name)
  if (end === 'suspends' && suspendData === undefined) return asked(context, id, 0)
  if (end === 'throws') throw new Error(`${id} throws`)
  const value = madeFrom(id, inputData, resumeData)
  return end === 'bails' ? context.bail(value) : value
}
