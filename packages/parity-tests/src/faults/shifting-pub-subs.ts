import type { Clock, PubSub } from '@wf/core'
import { aroundHints } from './around-hints.js'
import { createInjector, type Injector } from './create-injector.js'
import type { FaultOptions, Faulty } from './fault.js'
import { LaterHints } from './later-hints.js'

export interface LateHintsOptions extends FaultOptions {
  readonly clock: Clock
  /** The longest that a hint may be under way. */
  readonly mostMs: number
}

/** A hint comes twice: the second time at once or later. */
export function duplicateHints(pubsub: PubSub, options: LateHintsOptions): PubSub & Faulty {
  const { random, mostMs } = options
  return shifting(pubsub, { kind: 'duplicateHints', options }, ({ strikes }, later) => async (topic, hints) => {
    const again = hints.filter(() => strikes('publish'))
    const atOnce = again.filter((hint) => {
      if (random() < 0.5) return true
      later.publish(topic, [hint], random() * mostMs)
      return false
    })
    await pubsub.publish(topic, [...hints, ...atOnce])
  })
}

/** A hint comes late. Whoever published it knows nothing of that. */
export function delayHints(pubsub: PubSub, options: LateHintsOptions): PubSub & Faulty {
  const { random, mostMs } = options
  return shifting(pubsub, { kind: 'delayHints', options }, ({ strikes }, later) => async (topic, hints) => {
    const left = hints.filter((hint) => {
      if (!strikes('publish')) return true
      later.publish(topic, [hint], random() * mostMs)
      return false
    })
    if (left.length > 0 || hints.length === 0) await pubsub.publish(topic, left)
  })
}

/**
 * A hint is overtaken: by those beside it, or by those of the next publication to its topic; when none comes it goes
 * alone, after `mostMs`.
 */
export function reorderHints(pubsub: PubSub, options: LateHintsOptions): PubSub & Faulty {
  const { random, clock, mostMs } = options
  const heldBack = new Map<string, LaterHints>()
  const { faults, heal, strikes } = createInjector('reorderHints', options)
  const heldOf = (topic: string): LaterHints => {
    const held = heldBack.get(topic) ?? new LaterHints(pubsub, clock)
    heldBack.set(topic, held)
    return held
  }
  const publish: PubSub['publish'] = async (topic, hints) => {
    const overtaken = heldBack.get(topic)?.take()
    const left: string[] = []
    for (const hint of hints) {
      if (!strikes('publish')) left.push(hint)
      else if (left.length > 0 && random() < 0.5) left.unshift(hint)
      else heldOf(topic).publish(topic, [hint], mostMs)
    }
    try {
      if (left.length > 0 || hints.length === 0) await pubsub.publish(topic, left)
    } finally {
      overtaken?.()
    }
  }
  return {
    ...aroundHints(pubsub, { publish, close: () => eachOf(heldBack, (held) => held.drop()) }),
    faults,
    heal() {
      heal()
      eachOf(heldBack, (held) => held.take()())
    },
  }
}

function eachOf(heldBack: ReadonlyMap<string, LaterHints>, act: (held: LaterHints) => void): void {
  for (const held of heldBack.values()) act(held)
}

type Publisher = (injector: Injector, later: LaterHints) => PubSub['publish']

function shifting(
  pubsub: PubSub,
  { kind, options }: { readonly kind: string; readonly options: LateHintsOptions },
  publisher: Publisher,
): PubSub & Faulty {
  const injector = createInjector(kind, options)
  const later = new LaterHints(pubsub, options.clock)
  return {
    ...aroundHints(pubsub, { publish: publisher(injector, later), close: () => later.drop() }),
    faults: injector.faults,
    heal() {
      injector.heal()
      later.take()()
    },
  }
}
