/** Decisions that were made beforehand, so that a property can make them smaller; those that are missing are 0. */
export class Dice {
  private thrown = 0

  constructor(private readonly decisions: readonly number[]) {}

  get spent(): boolean {
    return this.thrown >= this.decisions.length
  }

  /** A number from 0 up to, and without, the bound. */
  below(bound: number): number {
    const decision = this.decisions[this.thrown] ?? 0
    this.thrown += 1
    return decision % bound
  }

  /** True in one of so many cases. */
  oneIn(cases: number): boolean {
    return this.below(cases) === cases - 1
  }

  pick<Choice>(choices: readonly Choice[]): Choice {
    const choice = choices[this.below(choices.length)]
    if (choice === undefined) throw new RangeError('there is nothing to choose from')
    return choice
  }
}
