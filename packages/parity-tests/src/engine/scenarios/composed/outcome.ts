import type { Composition, Failing, Leaf, Piece } from './composition.js'

/** What a step with this id makes of its input: a number that hardly any other step makes of any other input. */
export function madeFrom(id: string, input: unknown): number {
  let mixed = 7
  for (const character of `${id} ${JSON.stringify(input ?? null)}`) {
    mixed = (Math.imul(mixed, 31) + (character.codePointAt(0) ?? 0)) | 0
  }
  return mixed
}

/** The key that a step sets in state and request context. */
export const keyOf = (id: string, input: unknown): string => `${id}: ${madeFrom('key', input)}`

export const itemsOf = (id: string, items: number, input: unknown): readonly number[] =>
  Array.from({ length: items }, (_, index) => madeFrom(`${id}.${index}`, input))

/** How often a body is entered until it gives its value. */
const ENTERED: Readonly<Record<Exclude<Leaf, Failing>, number>> = {
  gives: 1,
  asks: 2,
  'asks twice': 3,
  'fails first': 2,
  bails: 1,
  maps: 1,
  sleeps: 0,
}

/** What a composition in which nothing fails comes to, as a program that knows nothing of workflows computes it. */
export interface Outcome {
  readonly value: unknown
  /** How often each body runs. */
  readonly calls: Readonly<Record<string, number>>
  /** What the steps leave in state and request context. */
  readonly keys: readonly string[]
}

export function outcomeOf(composition: Composition, input: unknown): Outcome {
  const world = new World()
  const value = world.ending(composition, input)
  return { value, calls: world.calls, keys: [...world.keys].sort() }
}

class Bail {
  constructor(readonly value: unknown) {}
}

class World {
  readonly calls: Record<string, number> = {}
  readonly keys = new Set<string>()

  /** A workflow, or a member of a block: a bail ends it. */
  ending(composition: Composition, input: unknown): unknown {
    try {
      return this.row(composition, input)
    } catch (thrown) {
      if (thrown instanceof Bail) return thrown.value
      throw thrown
    }
  }

  row(composition: Composition, input: unknown): unknown {
    return composition.reduce((value, piece) => this.#piece(piece, value), input)
  }

  #piece(piece: Piece, input: unknown): unknown {
    switch (piece.kind) {
      case 'leaf':
        return this.#leaf(piece, input)
      case 'parallel':
        return mapped(piece.members, (member) => this.ending(member, input))
      case 'branch': {
        const taken = Object.entries(piece.arms).filter(([, [isTaken]]) => isTaken)
        return mapped(Object.fromEntries(taken), ([, arm]) => this.ending(arm, input))
      }
      case 'foreach':
        this.#called(piece.id, 1)
        return itemsOf(piece.id, piece.items, input).map((item) => this.row(piece.body, item))
      case 'loop': {
        let value = input
        for (let turn = 0; turn < piece.turns; turn += 1) value = this.row(piece.body, value)
        return value
      }
      case 'workflow':
        return this.ending(piece.body, input)
    }
  }

  #leaf({ id, leaf }: { readonly id: string; readonly leaf: Leaf }, input: unknown): unknown {
    if (leaf === 'sleeps') return input
    this.#called(id, leaf in ENTERED ? ENTERED[leaf as keyof typeof ENTERED] : 1)
    if (leaf !== 'maps') this.keys.add(keyOf(id, input))
    if (leaf === 'bails') throw new Bail(madeFrom(id, input))
    return madeFrom(id, input)
  }

  #called(id: string, times: number): void {
    this.calls[id] = (this.calls[id] ?? 0) + times
  }
}

const mapped = <Value>(record: Readonly<Record<string, Value>>, change: (value: Value) => unknown): object =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
