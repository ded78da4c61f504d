import assert from 'node:assert/strict'
import { isWorkflowError, type PubSub, type SubscribeOptions, type WorkflowErrorCode } from '@wf/core'
import type { PubSubContext } from './pub-sub-context.js'

export const TOPIC = 'runs'
export const GROUP = 'workers'

/** A subscriber that notes what it is given and takes all of it. */
export interface Taker {
  readonly deliveries: readonly (readonly string[])[]
  readonly hints: readonly string[]
  /** Ends the subscription. */
  end(): Promise<void>
}

export async function taker(pubsub: PubSub, options: SubscribeOptions = {}, topic = TOPIC): Promise<Taker> {
  const deliveries: (readonly string[])[] = []
  const hints: string[] = []
  const end = await pubsub.subscribe(topic, options, async (given) => {
    deliveries.push(given)
    hints.push(...given)
  })
  return { deliveries, hints, end }
}

/** `name 0`, `name 1` …, all different. */
export function named(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name} ${index}`)
}

/** Waits until the takers together have been given all of these hints. */
export function arrived(
  { until }: Pick<PubSubContext, 'until'>,
  hints: readonly string[],
  takers: readonly Pick<Taker, 'hints'>[],
): Promise<void> {
  const missing = () => {
    const given = new Set(takers.flatMap((one) => one.hints))
    return hints.filter((hint) => !given.has(hint))
  }
  const what = `${hints.length === 1 ? JSON.stringify(hints[0]?.slice(0, 60)) : `all ${hints.length} hints`} arrived`
  return until(what, () => missing().length === 0)
}

/** Fails in its own words where waiting for the promise itself would only be late. */
export async function settled({ until }: PubSubContext, what: string, promise: Promise<unknown>): Promise<void> {
  let over = false
  const note = (): void => {
    over = true
  }
  promise.then(note, note)
  await until(what, () => over)
  await promise
}

/** A promise that is settled from outside, for what is to wait. */
export interface Gate {
  readonly passed: Promise<void>
  open(): void
}

export function createGate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { passed: promise, open: resolve }
}

export async function refused(
  work: () => Promise<unknown>,
  { code, field, what }: { readonly code: WorkflowErrorCode; readonly field?: string; readonly what: string },
): Promise<void> {
  let promise: Promise<unknown>
  try {
    promise = work()
  } catch (thrown) {
    assert.fail(`${what}: thrown before there was a promise (${String(thrown)})`)
  }
  const seen = await promise.then(
    () => 'accepted',
    (error: unknown) => (isWorkflowError(error) ? placed(error.code, field && error.field) : `rejected: ${error}`),
  )
  assert.equal(seen, placed(code, field), what)
}

function placed(code: string, field: string | undefined): string {
  return field === undefined ? code : `${code} of "${field}"`
}

export function sorted(hints: Iterable<string>): string[] {
  return [...hints].sort()
}
