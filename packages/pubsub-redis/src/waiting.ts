/** A hint that nobody has acknowledged. */
export interface Waiting {
  readonly hint: string
  /** How often it could not be taken. */
  readonly failures: number
}

/** One that lies in a stream. */
export interface StreamEntry extends Waiting {
  readonly id: string
}

/** A hint that could not be taken so often is given up. */
export const TRIES = 5

const FIRST_DELAY_MS = 100

/** How long after so many failures a hint comes again. */
export const delayAfter = (failures: number): number => FIRST_DELAY_MS * 2 ** (failures - 1)
