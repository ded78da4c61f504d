/** Something that is there in full for as long as it is among those that were of use last. */
export interface Lasting {
  value: unknown
  live: boolean
  /** Somebody has asked for it since it was last its turn to leave. */
  used: boolean
}

/** So many stay; the next one takes the place of the oldest. */
export class Recent {
  private readonly places: (Lasting | undefined)[] = []
  private oldest = 0

  constructor(private readonly most: number) {}

  add(one: Lasting): void {
    const at = this.placeToTake()
    const leaves = this.places[at]
    if (leaves) {
      leaves.value = undefined
      leaves.live = false
    }
    this.places[at] = one
    this.oldest = (at + 1) % this.most
  }

  /** What is asked for again and again, as the list of a foreach is, stays for another round. */
  private placeToTake(): number {
    let at = this.oldest
    for (let held = this.places[at]; held?.used; held = this.places[at]) {
      held.used = false
      at = (at + 1) % this.most
    }
    return at
  }
}
