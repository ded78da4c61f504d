/** Something that is there in full for as long as it is among those that were of use last. */
export interface Lasting {
  value: unknown
  live: boolean
  /** How often it stays when it is its turn to leave; as often as that is worth when somebody has just asked for it. */
  chances: number
}

/** An array that is added to makes room for sixteen at once, and mostly few things last. */
const FEW = 8

/** So many stay; the next one takes the place of the oldest. */
export class Recent {
  private places: (Lasting | undefined)[] = []
  private oldest = 0

  constructor(private readonly most: number) {}

  add(one: Lasting): void {
    const at = this.placeToTake()
    const leaves = this.places[at]
    if (leaves) {
      leaves.value = undefined
      leaves.live = false
    }
    if (at === this.places.length && at < FEW) this.places = [...this.places, one]
    else this.places[at] = one
    this.oldest = (at + 1) % this.most
  }

  /** What is asked for again and again, as the list of a foreach is, stays for more rounds. */
  private placeToTake(): number {
    let at = this.oldest
    for (let held = this.places[at]; held !== undefined && held.chances > 0; held = this.places[at]) {
      held.chances -= 1
      at = (at + 1) % this.most
    }
    return at
  }
}
