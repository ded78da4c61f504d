import type { History } from './check-history.ts'

interface Claim {
  readonly process: string
  readonly session: string
  readonly at: number
  /** The claim that it supersedes. */
  readonly over: number | undefined
}

interface Told {
  readonly type: string
  readonly session: string
  readonly over?: number
}

/** Journals count entries so: the commit times this, and the place in it. */
const SPAN = 2 ** 20

/** The claims of a run, by the number under which facts speak of them. Sessions are named after their process. */
export function claimsOf(commits: History['commits']): ReadonlyMap<number, Claim> {
  const claims = new Map<number, Claim>()
  for (const { version, at, entries } of commits) {
    for (const [index, { fact }] of entries.entries()) {
      const { type, session, over } = JSON.parse(fact) as Told
      if (type !== 'step-claimed') continue
      claims.set(version * SPAN + index, { process: session.replace(/-\d+$/, ''), session, at, over })
    }
  }
  return claims
}
