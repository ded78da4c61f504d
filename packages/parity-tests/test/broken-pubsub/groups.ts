import { type BrokenPubSub, broken, renaming, subscribing, taking } from './broken-pub-sub.js'
import { createMembers, sameGroup } from './members.js'

export const brokenGroups: readonly BrokenPubSub[] = [
  broken('pubsub.group.one-takes', 'gives hints to two of a group', () => (sound) => ({
    async publish(topic, hints) {
      await sound.publish(topic, hints)
      if (hints[0]?.startsWith('one of ')) await sound.publish(topic, hints)
    },
  })),
  broken('pubsub.group.all-get-some', 'gives nothing to the second of a group in the same process', () => {
    const { all, watch } = createMembers()
    return (sound) =>
      watch(sound, {
        starved(member) {
          const here = [...all].filter((other) => other.connection === sound && other.options.slots === undefined)
          return here.includes(member) && here.slice(0, here.indexOf(member)).some((other) => sameGroup(other, member))
        },
      })
  }),
  broken('pubsub.group.none', 'keeps the last of several hints from other processes', () => (sound, isFirst) => {
    if (isFirst) return {}
    return taking(sound, (take, { options }) => (hints) => {
      return take(options.group === undefined && hints.length > 1 ? hints.slice(0, -1) : hints)
    })
  }),
  broken(
    'pubsub.group.several',
    'takes one group for another',
    () => (sound) =>
      subscribing(sound, (call) => {
        return call.options.group === 'other' ? { ...call, options: { ...call.options, group: 'one' } } : call
      }),
  ),
  broken('pubsub.group.beside-none', 'gives to a group alone what is beside it', () => (sound) => {
    return taking(sound, (take, { options }) => (hints) => {
      return take(options.group === undefined ? hints.filter((hint) => hint !== 'beside 3') : hints)
    })
  }),
  broken(
    'pubsub.group.of-a-topic',
    'takes groups of one name for one, whatever their topic',
    () => (sound) => renaming(sound, (topic) => (topic === 'other' ? 'one' : topic)),
  ),
  broken('pubsub.group.any-text', 'does not mind the case of groups', () => (sound) => {
    return subscribing(sound, (call) => {
      const { group } = call.options
      return group === undefined ? call : { ...call, options: { ...call.options, group: group.toLowerCase() } }
    })
  }),
  broken('pubsub.group.comes-again', 'delivers twice to whoever comes again', () => {
    const left = new Set<string>()
    return (sound) => ({
      async subscribe(topic, options, take) {
        const { group } = options
        const twice = group !== undefined && left.has(group)
        const end = await sound.subscribe(topic, options, twice ? (hints) => take([...hints, ...hints]) : take)
        return async () => {
          if (group !== undefined) left.add(group)
          await end()
        }
      },
    })
  }),
  broken('pubsub.group.late', 'gives nothing to those who come late, while others are there', () => {
    const { all, watch } = createMembers()
    return (sound) =>
      watch(sound, {
        starved: (member) =>
          member.late && [...all].some((other) => sameGroup(other, member) && other.options.slots === undefined),
      })
  }),
]
