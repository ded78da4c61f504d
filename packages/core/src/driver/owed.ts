import type { Draft } from './draft.js'
import { sealOf } from './seal-of.js'

/** What lists and sweeps were told that is not so, until a commit tells them better. */
export class Owed {
  private news = false
  /** The journal is closed because of an end that is none. */
  private opening = false

  /** Our commit has landed on another state than it was made on. */
  behind(): void {
    this.news = true
  }

  /** Our clock was ahead: a moment was taken for past that has not come. */
  early(draft: Draft): void {
    this.news = true
    this.opening ||= sealOf(draft) === true
  }

  /** Whether anything is owed, if this is what they do not know yet. */
  is(unknown: () => boolean): boolean {
    this.news &&= this.opening || unknown()
    return this.news
  }

  /** Goes with the next commit that says nothing of it itself. */
  get seal(): false | undefined {
    return this.opening ? false : undefined
  }

  /** A commit has told them. */
  paid(): void {
    this.news = false
    this.opening = false
  }
}
