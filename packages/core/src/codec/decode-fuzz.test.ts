import { expect, it } from 'vitest'
import { createChance, damaged } from '../../test/codec/damaged.js'
import { isWorkflowError } from '../errors/index.js'
import { createCodec } from './index.js'

/** How many, and which: `WF_DECODES=1000000 WF_SEED=7 pnpm unit --project core decode-fuzz`. */
const DECODES = Number(process.env.WF_DECODES ?? 50_000)
const SEED = Number(process.env.WF_SEED ?? 20_260)
/** A single one takes microseconds; this is for machines that have stopped to breathe. */
const LONGEST_MS = 2_000

const codec = createCodec({
  classes: [{ name: 'Money', class: class Money {}, toData: () => 0, fromData: (data) => ({ data }) }],
})

/** What is on the prototypes that everybody shares. */
const shared = (): string =>
  [Object, Array, Function, Error, Map, Set, RegExp, Date, Uint8Array]
    .map(({ prototype }) => Reflect.ownKeys(prototype).map(String).join())
    .join('\n')

/** The code of the refusal, or that there was none; anything else that is thrown is what the test is there to find. */
function outcome(stored: string | Uint8Array): string {
  try {
    codec.decode(stored)
    return 'a value'
  } catch (error) {
    if (isWorkflowError(error)) return error.code
    throw error
  }
}

it(`reads or refuses ${DECODES} damaged values, and nothing else happens`, { timeout: DECODES * 2 + 60_000 }, () => {
  const chance = createChance(SEED)
  const before = shared()
  const seen = new Map<string, number>()
  for (let number = 0; number < DECODES; number += 1) {
    const stored = damaged(chance)
    const about = () => `value ${number} of WF_SEED=${SEED}: ${JSON.stringify(String(stored)).slice(0, 500)}`
    const begun = performance.now()
    try {
      const what = outcome(stored)
      seen.set(what, (seen.get(what) ?? 0) + 1)
    } catch (cause) {
      throw new Error(`${about()} threw`, { cause })
    }
    if (performance.now() - begun > LONGEST_MS) throw new Error(`${about()} took too long`)
    if (number % 1_000 === 0 && shared() !== before) throw new Error(`${about()}, or one before, changed a prototype`)
  }
  expect(shared()).toBe(before)
  expect([...seen.keys()].sort()).toEqual(['WF_LIMIT', 'WF_STORAGE', 'a value'])
  for (const count of seen.values()) expect(count).toBeGreaterThan(DECODES / 1_000)
})
