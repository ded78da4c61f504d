/** So many commits of ours land on what we had seen before we take it that nobody else writes any more. */
const COMMITS_ALONE = 128

/** Whether others write into the run as well, as far as what was found there lately tells. */
export class Company {
  private left = 0

  get isThere(): boolean {
    return this.left > 0
  }

  /** Somebody has begun the run who may be at work on it still. */
  guess(): void {
    this.left = Math.max(this.left, 1)
  }

  /** Somebody else has written meanwhile. */
  meet(): void {
    this.left = COMMITS_ALONE
  }

  /** A commit of ours has landed on what we had seen. */
  miss(): void {
    if (this.left > 0) this.left -= 1
  }
}
