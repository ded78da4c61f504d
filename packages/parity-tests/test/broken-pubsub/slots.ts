import { type BrokenPubSub, broken, never, roomy } from './broken-pub-sub.js'
import { createMembers, sameGroup } from './members.js'

export const brokenSlots: readonly BrokenPubSub[] = [
  broken('pubsub.slots.limit', 'gives one more to those who take few', () => (sound) => {
    return roomy(
      sound,
      (slots, { options }) =>
        () =>
          options.group === 'few' ? 4 : slots(),
    )
  }),
  broken('pubsub.slots.without-group', 'does not count for those without a group', () => (sound) => {
    return roomy(sound, (slots, { options }) => () => {
      const room = slots()
      return options.group === undefined && typeof room === 'number' ? Number.POSITIVE_INFINITY : room
    })
  }),
  broken('pubsub.slots.each-time', 'asks no more whoever has always had room', () => (sound) => {
    return roomy(sound, (slots) => {
      let asked = 0
      let last: number | undefined = 0
      return () => {
        asked += 1
        if (asked > 6 && last !== undefined && last >= 1) return last
        const room = slots()
        if (last !== undefined) last = typeof room === 'number' ? room : undefined
        return room
      }
    })
  }),
  broken('pubsub.slots.in-flight', 'gives twice as much to those who had to wait', () => (sound) => {
    return roomy(sound, (slots) => () => {
      const room = slots()
      return typeof room === 'number' ? room : twiceIfLate(room)
    })
  }),
  broken('pubsub.slots.pending', 'loses its patience with two hints', ({ clock }) => {
    let hurried = false
    return (sound) => ({
      publish(topic, hints) {
        hurried ||= hints.length === 2
        return sound.publish(topic, hints)
      },
      ...roomy(sound, (slots) => () => {
        const room = slots()
        if (typeof room === 'number' || !hurried) return room
        return Promise.race([room, new Promise<number>((resolve) => clock.after(1_000, () => resolve(1)))])
      }),
    })
  }),
  broken('pubsub.slots.others-take', 'lets a whole group wait for one', () => {
    const { all, watch } = createMembers()
    return (sound) =>
      watch(sound, { starved: (member) => [...all].some((other) => sameGroup(other, member) && other.waiting) })
  }),
  broken('pubsub.slots.other-groups', 'lets those without a group wait for groups', () => {
    const { all, watch } = createMembers()
    return (sound) =>
      watch(sound, {
        starved: (member) =>
          member.options.group === undefined && [...all].some(({ options, waiting }) => options.group && waiting),
      })
  }),
  broken('pubsub.slots.none', 'asks nobody again who had no room', () => (sound) => {
    return roomy(sound, (slots) => () => {
      const room = slots()
      return typeof room === 'number' && !(room >= 1) ? never() : room
    })
  }),
  broken('pubsub.slots.fails', 'asks nobody again who could not say', () => (sound) => {
    return roomy(sound, (slots) => () => {
      try {
        const room = slots()
        return typeof room === 'number' ? room : room.catch(() => never())
      } catch {
        return never()
      }
    })
  }),
  broken('pubsub.slots.unlimited', 'does not know such numbers', () => (sound) => ({
    subscribe(topic, options, take) {
      const { slots } = options
      if (slots === undefined) return sound.subscribe(topic, options, take)
      const known = async () => {
        const room = await slots()
        return Number.isSafeInteger(Math.ceil(room)) ? room : 0
      }
      return sound.subscribe(topic, { ...options, slots: known }, take)
    },
  })),
]

async function twiceIfLate(room: Promise<number>): Promise<number> {
  let turns = 0
  const count = async () => {
    for (; turns < 10; turns += 1) await undefined
  }
  void count()
  const answer = await room
  return turns < 10 ? answer : 2 * answer
}
