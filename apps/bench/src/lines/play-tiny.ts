import { judge, type Round } from '../measure/judge.ts'
import type { Contest, Figures, Line } from '../measure/line.ts'
import { scales } from '../measure/scale.ts'

/** One round of all that is no peer, at the tiny scale. */
export async function playTinyRound({ contestants }: Pick<Contest, 'contestants'>): Promise<Round> {
  const round: Record<string, Figures> = {}
  for (const { name, isPeer, measure } of contestants) if (!isPeer) round[name] = await measure(scales.tiny)
  return round
}

/** Plays a line once at the tiny scale. Answers for each row how many figures it has, and how many it should. */
export async function playTiny({ contestants, claims, limits = [] }: Line) {
  const round = await playTinyRound({ contestants })
  const peers = contestants.filter(({ isPeer }) => isPeer).map(({ name }) => name)
  return [...claims, ...limits].map((claim) => {
    const needs = [claim.value.of, ...(claim.over ? [claim.over.of] : [])]
    const wanted = needs.some((name) => peers.includes(name)) ? 0 : 1
    return { says: claim.says, figures: judge(claim, [round]).rounds.length, wanted }
  })
}
