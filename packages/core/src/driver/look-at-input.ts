import type { RunEvent } from '../machine/index.js'
import type { Fact, Fold } from './fold.js'
import type { Bench, Claimed } from './perform.js'
import { prepare } from './prepare.js'
import type { Request } from './request.js'

/** What came of the look: a claim that is ready to be run, or facts that answer it without. */
type Looked = Claimed | { readonly facts: readonly Fact[] }

interface Looking {
  readonly fold: Fold
  readonly claimed: Claimed
  readonly push: (request: Request) => void
}

/**
 * A claim may fall to an activity whose input nobody has looked at. That is done before its body begins, and what a
 * schema made of the input is recorded under the claim first.
 */
export async function lookAtInput(bench: Bench, { fold, claimed, push }: Looking): Promise<Looked> {
  const prepared = await prepare(bench, fold, claimed)
  if ('answered' in prepared) return { facts: prepared.answered }
  if (!prepared.parsed) return { ...claimed, input: prepared.input }
  const { activity, claim } = claimed
  const event: RunEvent = { type: 'input-parsed', at: activity.key, claim }
  const fact = bench.recorder.carrying(event, prepared.parsed)
  const { promise, resolve, reject } = Promise.withResolvers<Looked>()
  push({
    facts: () => [fact],
    settled(effect, { state, values }) {
      const parsed = effect ? state.activities.get(activity.key) : undefined
      resolve(parsed ? { ...claimed, input: values.read(parsed.input) } : { facts: [] })
    },
    failed: reject,
  })
  return promise
}
