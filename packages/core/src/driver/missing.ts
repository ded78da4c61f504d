import type { Ref } from '../machine/index.js'
import { claimOf, type Lines } from './feed.js'

/** So many calls are remembered of which the end may never come. */
const MOST_CALLS = 10_000

/** Finds out by their numbers which live chunks a reader has not got. */
export class Missing {
  /** Of each call the number of the chunk that comes next. */
  private readonly next = new Map<string, number>()

  /** Of calls that were made before this nobody was promised all. */
  constructor(private readonly since: Ref) {}

  /** What to do with it: tell it, leave it out, or first tell that something is missing. */
  look({ live, over }: Lines): 'tell' | 'skip' | 'gap' {
    if (over) return this.ends(over)
    if (!live) return 'tell'
    const { call, n } = live
    const next = this.next.get(call) ?? (claimOf(call) < this.since ? n : 0)
    if (n < next) return 'skip'
    this.expect(call, n > next ? n : n + 1)
    return n > next ? 'gap' : 'tell'
  }

  private ends({ call, count }: NonNullable<Lines['over']>): 'skip' | 'gap' {
    const next = this.next.get(call) ?? (claimOf(call) < this.since ? count : 0)
    const isMissed = next < count
    if (isMissed) this.expect(call, count)
    else this.next.delete(call)
    return isMissed ? 'gap' : 'skip'
  }

  private expect(call: string, n: number): void {
    this.next.delete(call)
    this.next.set(call, n)
    if (this.next.size <= MOST_CALLS) return
    for (const oldest of this.next.keys()) return void this.next.delete(oldest)
  }
}
