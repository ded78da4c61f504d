import type { PubSub, Storage } from '@wf/core'

export interface CountedPubSub extends PubSub {
  /** Subscriptions that stand, by topic; one that has ended twice would count below nothing. */
  readonly standing: ReadonlyMap<string, number>
  readonly most: number
  readonly published: { hints: number; calls: number }
}

export function countedPubSub(pubsub: PubSub): CountedPubSub {
  const standing = new Map<string, number>()
  const published = { hints: 0, calls: 0 }
  let most = 0
  const add = (topic: string, count: number): void => {
    standing.set(topic, (standing.get(topic) ?? 0) + count)
    most = Math.max(most, sum(standing))
  }
  return {
    contract: 1,
    standing,
    published,
    get most() {
      return most
    },
    publish(topic, hints) {
      published.calls += 1
      published.hints += hints.length
      return pubsub.publish(topic, hints)
    },
    async subscribe(topic, options, take) {
      const end = await pubsub.subscribe(topic, options, take)
      add(topic, 1)
      return async () => {
        add(topic, -1)
        await end()
      }
    },
    close: () => pubsub.close(),
  }
}

export const sum = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((all, count) => all + count, 0)

export interface CountedStorage extends Storage {
  readonly calls: { load: number; commit: number; due: number; renew: number }
}

export function countedStorage(storage: Storage): CountedStorage {
  const calls = { load: 0, commit: 0, due: 0, renew: 0 }
  const counting =
    <Method extends keyof typeof calls>(method: Method) =>
    (...given: readonly unknown[]): never => {
      calls[method] += 1
      return (storage[method] as (...all: readonly unknown[]) => never)(...given)
    }
  return {
    ...storage,
    calls,
    load: counting('load'),
    commit: counting('commit'),
    due: counting('due'),
    renew: counting('renew'),
  }
}
