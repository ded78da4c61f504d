/** What a piece with this id makes of what it is given: a number that hardly any other piece makes of anything else. */
export function madeFrom(id: string, ...given: readonly unknown[]): number {
  let mixed = 7
  for (const character of `${id} ${JSON.stringify(given.map((one) => one ?? null))}`) {
    mixed = (Math.imul(mixed, 31) + (character.codePointAt(0) ?? 0)) | 0
  }
  return mixed
}

/** The key that a step sets in the state, when it sets one of its own. */
export const ownKey = (id: string, input: unknown): string => `${id}#${madeFrom('key', input)}`

/** The key that many steps set. */
export const SHARED_KEY = 'shared'

/** What a step that looks at the state makes of it; keys of steps that may or may not have run by then are left out. */
export function digest(state: Readonly<Record<string, unknown>>, unseen: ReadonlySet<string>): number {
  const keys = Object.keys(state).filter((key) => key !== SHARED_KEY && !unseen.has(key.slice(0, key.indexOf('#'))))
  return madeFrom('state', ...keys.sort().map((key) => [key, state[key]]))
}

/** Whether a condition that goes by its input is true. */
export const saysYes = (id: string, input: unknown): boolean => madeFrom(id, input) % 2 === 0

export const itemsOf = (id: string, count: number, input: unknown): readonly number[] =>
  Array.from({ length: count }, (_, index) => madeFrom(`${id}.${index}`, input))

/** By what a suspension is called; it is the same in each process. */
export const labelOf = (id: string, input: unknown, leg: number): string => `${id}?${madeFrom('label', input, leg)}`

/** What is said of a body that begins: which it is, what it was given, how often it was resumed and tried. */
export const bodyName = (id: string, input: unknown, [leg, attempt]: readonly [number, number]): string =>
  `${id}(${madeFrom('body', input)}) ${leg}.${attempt}`

/** What a body writes as its chunk of that number. */
export const chunkName = (body: string, nth: number): string => `${body} wrote ${nth}`
