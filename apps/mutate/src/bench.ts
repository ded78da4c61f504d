import type { evaluator } from './instance.ts'
import type { Proof } from './proofs/proof.ts'

export type Evaluate = ReturnType<typeof evaluator>

const NONE = ''

/** Everything that is played, once evaluated; and the mutant that is active in it, one after the other. */
export class Bench {
  /** More often than this nobody asks for a mutant who does not go round in a circle. */
  mostHits = 0
  private active = NONE
  private hits = 0
  private readonly groups: ReturnType<Evaluate>
  private readonly loaded = new Map<string, ReadonlyMap<string, Proof>>()

  constructor(evaluate: Evaluate, active = NONE) {
    this.active = active
    this.groups = evaluate({ isActive: (id) => id === this.active && this.hit(), cover: () => undefined })
  }

  get isCircling(): boolean {
    return this.hits > this.mostHits
  }

  activate(mutant: string, mostHits: number): void {
    this.active = mutant
    this.mostHits = mostHits
    this.hits = 0
  }

  async find(group: string, name: string): Promise<Proof> {
    if (!this.loaded.has(group)) this.loaded.set(group, byName((await this.groups[group]?.()) ?? []))
    const proof = this.loaded.get(group)?.get(name)
    if (!proof) throw new Error(`${group} has no ${name} any more`)
    return proof
  }

  private hit(): true {
    this.hits += 1
    if (this.isCircling) throw new Error('the mutant goes round and round')
    return true
  }
}

const byName = (proofs: readonly Proof[]) => new Map(proofs.map((proof) => [proof.name, proof]))
