import type { PubSub, SubscribeOptions } from '@wf/core'
import type { HintsUnderWay, Member } from './hints-under-way.js'
import type { Traffic } from './traffic.js'

export interface HintCounts {
  readonly traffic: Traffic
  readonly hints: HintsUnderWay
}

/** Counts calls that are under way and hints that have to arrive, so that time does not pass before they have. */
export function countedHints(pubsub: PubSub, { traffic, hints: underWay }: HintCounts): PubSub {
  return {
    contract: pubsub.contract,
    publish: (topic, hints) =>
      traffic.during(async () => {
        // Some arrive before the call is answered.
        const takeBack = underWay.sent(topic, hints)
        try {
          await pubsub.publish(topic, hints)
        } catch (error) {
          takeBack()
          throw error
        }
      }),
    async subscribe(topic, options, take) {
      const member: Member = { isFull: false }
      const note = (room: number | 'later'): void => {
        underWay.asked(member, room)
        traffic.news()
      }
      const end = await traffic.during(() =>
        pubsub.subscribe(topic, { ...options, ...watchedRoom(options, note) }, (hints) => {
          underWay.arrived(member, hints)
          traffic.news()
          return take(hints)
        }),
      )
      underWay.join(member, topic, options.group)
      return () => {
        underWay.leave(member)
        return traffic.during(end)
      }
    },
    close: () => pubsub.close(),
  }
}

function watchedRoom(
  { slots }: SubscribeOptions,
  note: (room: number | 'later') => void,
): Pick<SubscribeOptions, 'slots'> {
  if (!slots) return {}
  return {
    slots() {
      const answer = slots()
      note(typeof answer === 'number' ? answer : 'later')
      if (typeof answer === 'number') return answer
      return answer.then((room) => {
        note(room)
        return room
      })
    },
  }
}
