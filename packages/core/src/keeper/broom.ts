import type { JournalKind } from '../contracts/index.js'
import type { Driver } from '../driver/driver.js'
import { toError } from '../errors/index.js'

/**
 * So long an empty journal stays: whoever wrote into it last and has not heard that it landed will repeat that, not
 * knowing that it happened; it must find the journal in which it is.
 */
export const KEEP_EMPTY_MS = 24 * 3_600_000

/** So often each process looks for such, and deletes so many at once. */
const SWEEP_EVERY_MS = 600_000
const DELETED_AT_ONCE = 500

/** Removes, now and then, journals of a kind in which nothing is left. */
export class Broom {
  private sweptAt = Number.NEGATIVE_INFINITY

  constructor(
    private readonly driver: Driver,
    private readonly kind: JournalKind,
  ) {}

  /** Never rejects. `here`: what to do where nothing is stored. */
  async sweep(here: () => Promise<unknown> = async () => undefined): Promise<void> {
    const { clock, logger } = this.driver.settings
    const sinceMs = clock.now() - this.sweptAt
    if (this.driver.closed || (sinceMs >= 0 && sinceMs < SWEEP_EVERY_MS)) return
    this.sweptAt = clock.now()
    try {
      if (!this.driver.store) await here()
      else if (await this.deleteEmpty()) this.sweptAt = Number.NEGATIVE_INFINITY
    } catch (error) {
      if (this.driver.closed) return
      logger.warn({ err: error }, `empty journals of kind "${this.kind}" were not removed: ${toError(error).message}`)
    }
  }

  /** Answers whether there may be more. */
  private async deleteEmpty(): Promise<boolean> {
    const { storage, namespace } = this.driver.settings
    const now = (await this.driver.heart.beat())?.now
    if (!storage || now === undefined) return false
    const query = { namespace, kind: this.kind, endedBefore: now - KEEP_EMPTY_MS, limit: DELETED_AT_ONCE }
    return (await storage.delete(query)) >= DELETED_AT_ONCE
  }
}
