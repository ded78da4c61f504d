import type { Commit } from '@wf/core'

/** A fact of a commit, as far as it says where it belongs. */
export interface Touched {
  readonly type: string
  /** The activity that it is about. */
  readonly at: string
}

/** A moment at which a process may die: right before or after one of its writes, or one of its bodies. */
export type Moment =
  | { readonly of: 'commit'; readonly when: 'before' | 'after'; readonly commits: readonly Commit[] }
  | { readonly of: 'body'; readonly when: 'before' | 'after'; readonly path: string }

/** What becomes of a process: it dies, or stands still for longer than its lease. */
export type Fate = 'dies' | 'stalls' | undefined

/** Sees each moment of each process, and decides what becomes of it. */
export type Watch = (moment: Moment) => Fate

/** What a commit says of runs, in its order. */
export function touchedBy(commits: readonly Commit[]): readonly Touched[] {
  return commits
    .filter(({ journal }) => journal.kind === 'run')
    .flatMap(({ entries }) => entries)
    .filter(({ type }) => type === 'event')
    .map(({ fact }) => {
      const { type = '', at = '' } = JSON.parse(fact) as Partial<Touched>
      return { type, at }
    })
}

/** The first of these fates that is one. */
export const firstOf =
  (...watches: readonly Watch[]): Watch =>
  (moment) => {
    let fate: Fate
    for (const watch of watches) fate = watch(moment) ?? fate
    return fate
  }
