import { type Activity, type Awaited, NOTHING, type Part, type RunEvent } from '../../src/machine/index.js'
import type { Dice } from './dice.js'

type Answer = Record<string, unknown> & { readonly type: RunEvent['type'] }

const valued = (type: RunEvent['type'], more: object = {}): Answer => ({ type, value: true, ...more })

const awaited = (dice: Dice): Awaited => ({
  name: 'e',
  key: dice.pick(['', 'k']),
  ...(dice.oneIn(2) && { forMs: dice.below(30) }),
  ...(dice.oneIn(3) && { orNull: true }),
})

function bodyOutcome(dice: Dice): Answer {
  const kind = dice.below(80)
  if (kind < 55) return kind > 50 ? { type: 'step-succeeded' } : valued('step-succeeded')
  if (kind < 76) return valued('step-suspended', dice.oneIn(3) ? { awaits: awaited(dice) } : {})
  if (kind === 76) return valued('step-bailed')
  if (kind === 77) return valued('step-failed', { final: true, ...(dice.oneIn(2) && { tripwire: true }) })
  return valued('step-failed', { chance: dice.below(3) / 2 })
}

function outcome(part: Part, dice: Dice): Answer {
  switch (part) {
    case 'body':
      return bodyOutcome(dice)
    case 'conditions':
      return { type: 'condition-evaluated', taken: [0, 1, 2].filter(() => !dice.oneIn(3)) }
    case 'condition':
      return { type: 'condition-evaluated', is: dice.oneIn(2) }
    case 'duration':
      return { type: 'sleep-computed', forMs: dice.below(20) }
    case 'date':
      return { type: 'sleep-computed', until: 1000 + dice.below(100) }
    case 'key':
      return { type: 'event-awaited', ...awaited(dice) }
    case 'items':
      return { type: 'items-counted', count: dice.below(7), concurrency: 1 + dice.below(3) }
    case 'input':
    case 'output':
      return { type: `${part}-parsed`, ...(dice.oneIn(2) && { value: true }) }
    default:
      return valued('callback-settled', dice.oneIn(4) ? { failed: true } : {})
  }
}

const CALLBACKS: readonly Part[] = ['onStart', 'onFinish', 'onError']

/** What user code may come to: mostly what fits its part, now and then a failure. */
export function randomAnswer({ key, part, claim }: Activity, dice: Dice): RunEvent {
  const fails = !CALLBACKS.includes(part) && dice.oneIn(100)
  const answer = fails ? valued('step-failed') : outcome(part, dice)
  return { ...answer, at: key, ...(claim && { claim: claim.ref }) } as RunEvent
}

/** What user code comes to when all goes well and loops come to their end. */
export function goodAnswer({ key, part, claim, frame }: Activity): RunEvent {
  const types: Partial<Record<Part, object>> = {
    body: { type: 'step-succeeded' },
    conditions: { type: 'condition-evaluated', taken: [0] },
    condition: { type: 'condition-evaluated', is: 'loopType' in frame.node && frame.node.loopType === 'dountil' },
    duration: { type: 'sleep-computed', forMs: 1 },
    date: { type: 'sleep-computed', until: 1 },
    key: { type: 'event-awaited', name: 'e', key: '' },
    items: { type: 'items-counted', count: 1, concurrency: 1 },
    input: { type: 'input-parsed' },
    output: { type: 'output-parsed' },
  }
  return { ...(types[part] ?? { type: 'callback-settled' }), at: key, claim: claim?.ref ?? NOTHING } as RunEvent
}

/** An answer that fits another part, or names a claim that never was. */
export function garbage({ key, claim }: Activity, dice: Dice): RunEvent {
  const part = dice.pick<Part>(['body', 'conditions', 'duration', 'key', 'items', 'input', 'onFinish'])
  const answer = outcome(part, dice)
  return { ...answer, at: dice.pick([key, '', '9.9/x']), claim: dice.pick([claim?.ref ?? 1, 1, 3]) } as RunEvent
}
