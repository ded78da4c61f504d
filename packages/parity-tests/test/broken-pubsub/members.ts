import type { PubSub } from '@wf/core'
import { type Call, subscribing } from './broken-pub-sub.js'

/** A subscription that has not ended. */
export interface Membership extends Call {
  readonly connection: PubSub
  /** Whether something had been published to its topic before. */
  readonly late: boolean
  /** Whether it has answered with a promise of room that has not come. */
  waiting: boolean
}

/** Who is subscribed to a broker, for mistakes that depend on others. */
export interface Members {
  readonly all: ReadonlySet<Membership>
  /** What has been published to a topic so far. */
  published(topic: string): readonly string[]
  /** Notes who comes and goes; `starved` may keep a member from having room. */
  watch(sound: PubSub, parts?: Watch): Pick<PubSub, 'publish' | 'subscribe' | 'close'>
}

export interface Watch {
  readonly starved?: (member: Membership) => boolean
  readonly ended?: (member: Membership) => void
  readonly closed?: (member: Membership) => void
  readonly takes?: (member: Membership, hints: readonly string[]) => readonly string[]
}

export function createMembers(): Members {
  const all = new Set<Membership>()
  const published = new Map<string, string[]>()

  const enter = (connection: PubSub, call: Call): Membership => {
    const member = { ...call, connection, late: published.has(call.topic), waiting: false }
    all.add(member)
    return member
  }

  const roomOf = (member: Membership): number | Promise<number> => {
    const room = member.options.slots?.() ?? Number.POSITIVE_INFINITY
    if (typeof room === 'number') return room
    member.waiting = true
    return room.finally(() => {
      member.waiting = false
    })
  }

  return {
    all,
    published: (topic) => published.get(topic) ?? [],
    watch(sound, { starved = () => false, ended, closed, takes = allOf } = {}) {
      return {
        publish(topic, hints) {
          published.set(topic, [...(published.get(topic) ?? []), ...hints])
          return sound.publish(topic, hints)
        },
        async subscribe(topic, options, take) {
          const member = enter(sound, { topic, options, take })
          const changed = subscribing(sound, (call) => ({
            ...call,
            options: { ...options, slots: () => (starved(member) ? 0 : roomOf(member)) },
            take: (hints) => take(takes(member, hints)),
          }))
          const end = await changed.subscribe(topic, options, take)
          return async () => {
            if (all.delete(member)) ended?.(member)
            await end()
          }
        },
        async close() {
          for (const member of all) if (member.connection === sound && all.delete(member)) closed?.(member)
          await sound.close()
        },
      }
    },
  }
}

function allOf(_: Membership, hints: readonly string[]): readonly string[] {
  return hints
}

export function sameGroup(one: Membership, other: Membership): boolean {
  const { group } = one.options
  return group !== undefined && one !== other && one.topic === other.topic && group === other.options.group
}
