import type { PubSub } from '@wf/core'
import { aroundHints } from './around-hints.js'
import { createFaultCount, createInjector } from './create-injector.js'
import type { FaultOptions, Faulty } from './fault.js'

/** Accepts hints of which some never arrive. */
export function dropHints(pubsub: PubSub, options: FaultOptions): PubSub & Faulty {
  const { faults, heal, strikes } = createInjector('dropHints', options)
  const publish: PubSub['publish'] = async (topic, hints) => {
    const left = hints.filter(() => !strikes('publish'))
    if (left.length > 0 || hints.length === 0) await pubsub.publish(topic, left)
  }
  return { ...aroundHints(pubsub, { publish }), faults, heal }
}

/** No pub/sub that works at all: it accepts everything, and nothing ever arrives. */
export function dropAll(pubsub: PubSub): PubSub & Faulty {
  const faults = createFaultCount('dropAll')
  let isHealed = false
  const publish: PubSub['publish'] = async (topic, hints) => {
    if (isHealed) return pubsub.publish(topic, hints)
    for (const _ of hints) faults.add('publish')
  }
  return {
    ...aroundHints(pubsub, { publish }),
    faults,
    heal() {
      isHealed = true
    },
  }
}

/** Rejects a publication, before it was accepted or after. */
export function failPublish(pubsub: PubSub, options: FaultOptions): PubSub & Faulty {
  const { faults, heal, strikes } = createInjector('failPublish', options)
  const publish: PubSub['publish'] = async (topic, hints) => {
    if (!strikes('publish')) return pubsub.publish(topic, hints)
    if (options.random() < 0.5) await pubsub.publish(topic, hints)
    throw new Error('the broker did not answer in time')
  }
  return { ...aroundHints(pubsub, { publish }), faults, heal }
}

/** The broker never hears that hints were taken, although they were, so that they may come again. */
export function loseAcks(pubsub: PubSub, options: FaultOptions): PubSub & Faulty {
  const { faults, heal, strikes } = createInjector('loseAcks', options)
  const around = aroundHints(pubsub, {
    take: (take) => async (hints) => {
      await take(hints)
      if (strikes('take')) throw new Error('the broker did not hear that the hints were taken')
    },
  })
  return { ...around, faults, heal }
}
