import { type Clock, checkPublish, checkSubscribe, type PubSub, type SubscribeOptions, type TakeHints } from '@wf/core'
import { createMemoryPubSub, type MemoryPubSub } from '@wf/pubsub-memory'
import type { PubSubSetting, PubSubSuiteOptions } from '../../src/index.js'

/** A pub/sub that breaks exactly one promise. */
export interface BrokenPubSub {
  readonly rule: string
  readonly mistake: string
  readonly options: Omit<PubSubSuiteOptions, 'name'>
}

export interface Call {
  readonly topic: string
  readonly options: SubscribeOptions
  readonly take: TakeHints
}

/** What all connections to a broker have in common. */
export interface Broker {
  readonly clock: Clock
  /** A connection that nobody closes. */
  readonly root: PubSub
}

/** Called once for each broker, and then once for each connection to it. */
export type Mistake = (broker: Broker) => (sound: PubSub, isFirst: boolean) => Partial<PubSub>

/** A sound pub/sub in memory, of which `mistake` replaces some methods; what it refuses never comes there. */
export function broken(rule: string, mistake: string, make: Mistake): BrokenPubSub {
  return { rule, mistake, options: withMistake(make, refusing) }
}

/** The same, for mistakes about what is refused. */
export function brokenRefusal(rule: string, mistake: string, make: Mistake): BrokenPubSub {
  return { rule, mistake, options: withMistake(make, (_, wrong) => wrong) }
}

type Guard = (sound: PubSub, wrong: PubSub) => PubSub

function withMistake(make: Mistake, guard: Guard): BrokenPubSub['options'] {
  const brokers = new WeakMap<PubSubSetting, { readonly root: MemoryPubSub; readonly change: ReturnType<Mistake> }>()
  const open = (setting: PubSubSetting): PubSub => {
    const { clock } = setting
    const known = brokers.get(setting)
    const root = known?.root ?? createMemoryPubSub({ clock, logger: { warn: () => undefined } })
    const change = known?.change ?? make({ clock, root })
    brokers.set(setting, { root, change })
    const sound = root.connect()
    return guard(sound, { ...sound, ...change(sound, known === undefined) })
  }
  return { patienceMs: 1, create: open, connect: (_, setting) => open(setting) }
}

const refusing: Guard = (sound, wrong) => ({
  ...wrong,
  publish: (topic, hints) =>
    passes(() => checkPublish(topic, hints)) ? wrong.publish(topic, hints) : sound.publish(topic, hints),
  subscribe: (topic, options, take) =>
    passes(() => checkSubscribe(topic, options, take))
      ? wrong.subscribe(topic, options, take)
      : sound.subscribe(topic, options, take),
})

function passes(check: () => void): boolean {
  try {
    check()
    return true
  } catch {
    return false
  }
}

/** Subscribes something else than what was given. */
export function subscribing(sound: PubSub, change: (call: Call) => Call): Pick<PubSub, 'subscribe'> {
  return {
    subscribe(...given) {
      const { topic, options, take } = change({ topic: given[0], options: given[1], take: given[2] })
      return sound.subscribe(topic, options, take)
    },
  }
}

/** Lets something else take than what was given. */
export function taking(sound: PubSub, change: (take: TakeHints, call: Call) => TakeHints): Pick<PubSub, 'subscribe'> {
  return subscribing(sound, (call) => ({ ...call, take: change(call.take, call) }))
}

type Slots = () => number | Promise<number>

/** Has other room than what was said. */
export function roomy(sound: PubSub, change: (slots: Slots, call: Call) => Slots): Pick<PubSub, 'subscribe'> {
  return subscribing(sound, (call) => {
    const { slots = () => Number.POSITIVE_INFINITY } = call.options
    return { ...call, options: { ...call.options, slots: change(slots, call) } }
  })
}

/** Publishes other hints than what was given. */
export function sending(
  sound: PubSub,
  change: (hints: readonly string[]) => readonly string[],
): Pick<PubSub, 'publish'> {
  return { publish: (topic, hints) => sound.publish(topic, change(hints)) }
}

/** Calls topics by another name. */
export function renaming(sound: PubSub, rename: (topic: string) => string): Pick<PubSub, 'publish' | 'subscribe'> {
  return {
    publish: (topic, hints) => sound.publish(rename(topic), hints),
    subscribe: (topic, options, take) => sound.subscribe(rename(topic), options, take),
  }
}

export const nothing = async (): Promise<void> => undefined

export function never<Value>(): Promise<Value> {
  return new Promise(() => undefined)
}
