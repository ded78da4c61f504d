/** Every scenario is played once in each of these ways; those that say the most come first. */
export const playGroups = [
  'one calm process',
  'three calm processes that keep nothing',
  'the default engine',
  'faults of the first seeds',
  'faults of the second seeds',
] as const

export type PlayGroup = (typeof playGroups)[number]
