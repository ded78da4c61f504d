import { below, type Chance, pick } from './chance.js'

/** What a leaf does before it gives its value. */
export type Leaf = 'gives' | 'asks' | 'asks twice' | 'fails first' | 'bails' | 'maps' | 'sleeps' | Failing

/** Ends the run, unless a parallel around it allows failures. */
export type Failing = 'throws' | 'asks and throws' | 'trips'

/** A workflow as plain data, from which it can be built, and from which what it comes to can be computed. */
export type Piece =
  | { readonly kind: 'leaf'; readonly id: string; readonly leaf: Leaf }
  | {
      readonly kind: 'parallel'
      readonly members: Readonly<Record<string, Composition>>
      readonly allowFailure: boolean
    }
  | { readonly kind: 'branch'; readonly arms: Readonly<Record<string, readonly [taken: boolean, Composition]>> }
  | {
      readonly kind: 'foreach'
      readonly id: string
      readonly items: number
      readonly concurrency: number
      readonly body: Composition
    }
  | { readonly kind: 'loop'; readonly turns: number; readonly until: boolean; readonly body: Composition }
  | { readonly kind: 'workflow'; readonly id: string; readonly body: Composition }

export type Composition = readonly Piece[]

const LEAVES: readonly Leaf[] = ['gives', 'asks', 'asks', 'asks twice', 'fails first', 'maps', 'sleeps']
const FAILING: readonly Failing[] = ['throws', 'asks and throws', 'trips']

/** Up to so many pieces in a row. A bail stands where it ends no foreach: which item bails first would be chance. */
interface Room {
  readonly depth: number
  readonly most: number
  readonly bails: boolean
}

class Composer {
  #ids = 0

  constructor(
    private readonly chance: Chance,
    private readonly fails: boolean,
  ) {}

  row({ most, ...room }: Room): Composition {
    return Array.from({ length: 1 + below(this.chance, most) }, () => this.#piece({ most: 2, ...room }))
  }

  #piece({ depth, most, bails }: Room): Piece {
    const { chance } = this
    const inside = { depth: depth - 1, most, bails }
    const kind = depth > 0 ? chance() : 0
    if (kind < 0.45) return { kind: 'leaf', ...this.#leaf(bails) }
    if (kind < 0.58) {
      const members = this.#members(() => this.row({ ...inside, bails: true }))
      return { kind: 'parallel', members, allowFailure: this.fails && chance() < 0.5 }
    }
    if (kind < 0.68) {
      const arms = this.#members(() => [chance() < 0.6, this.row({ ...inside, bails: true })] as const)
      return { kind: 'branch', arms }
    }
    if (kind < 0.8) {
      const size = { items: below(chance, 4), concurrency: 1 + below(chance, 3) }
      return { kind: 'foreach', id: this.#id('list'), ...size, body: this.row({ ...inside, bails: false }) }
    }
    if (kind < 0.88) return { kind: 'loop', turns: 1 + below(chance, 3), until: chance() < 0.5, body: this.row(inside) }
    return { kind: 'workflow', id: this.#id('workflow'), body: this.row({ ...inside, most: 3, bails: true }) }
  }

  #leaf(bails: boolean): { readonly id: string; readonly leaf: Leaf } {
    const all = [...LEAVES, ...(bails ? (['bails'] as const) : []), ...(this.fails ? FAILING : [])]
    const leaf = pick(this.chance, all)
    return { id: this.#id(leaf), leaf }
  }

  #members<Member>(make: () => Member): Readonly<Record<string, Member>> {
    const names = Array.from({ length: 1 + below(this.chance, 3) }, () => this.#id('member'))
    return Object.fromEntries(names.map((name) => [name, make()]))
  }

  #id(of: string): string {
    return `${of} ${this.#ids++}`
  }
}

/** Something that nobody would write, from a seed. With `fails` some of its steps may fail. */
export const compose = (chance: Chance, { fails = false } = {}): Composition =>
  new Composer(chance, fails).row({ depth: 3, most: 4, bails: true })
