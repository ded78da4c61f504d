import type { SubscribeOptions, TakeHints } from '@wf/core'
import { createGroup, type Group, type GroupParts } from './group.js'

/** All that is subscribed, by topic. */
export interface Topics {
  publish(topic: string, hints: readonly string[]): void
  /** The answer ends the subscription; calling it again does nothing. */
  subscribe(topic: string, options: SubscribeOptions, take: TakeHints): () => void
}

/** Whoever has no group is alone in one that has no name. */
type Groups = Map<string | symbol, Group>

export function createTopics(parts: Omit<GroupParts, 'topic'>): Topics {
  const topics = new Map<string, Groups>()

  const groupsOf = (topic: string): Groups => {
    const groups = topics.get(topic) ?? new Map()
    topics.set(topic, groups)
    return groups
  }

  return {
    publish(topic, hints) {
      for (const group of topics.get(topic)?.values() ?? []) group.put(hints)
    },
    subscribe(topic, { group: name = Symbol(topic), slots }, take) {
      const groups = groupsOf(topic)
      const group = groups.get(name) ?? createGroup({ ...parts, topic })
      groups.set(name, group)
      const member = group.join({ slots, take })
      let ended = false
      return () => {
        if (ended) return
        ended = true
        group.leave(member)
        if (group.size > 0) return
        groups.delete(name)
        if (groups.size === 0) topics.delete(topic)
      }
    },
  }
}
