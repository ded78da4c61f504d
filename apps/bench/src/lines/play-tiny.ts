import { judge } from '../measure/judge.ts'
import type { Figures, Line } from '../measure/line.ts'
import { scales } from '../measure/scale.ts'

/** Plays a line once at the tiny scale. Answers for each row how many figures it has, and how many it should. */
export async function playTiny({ contestants, claims }: Line) {
  const round: Record<string, Figures> = {}
  for (const { name, isPeer, measure } of contestants) if (!isPeer) round[name] = await measure(scales.tiny)
  const peers = contestants.filter(({ isPeer }) => isPeer).map(({ name }) => name)
  return claims.map((claim) => {
    const needs = [claim.value.of, ...(claim.over ? [claim.over.of] : [])]
    const wanted = needs.some((name) => peers.includes(name)) ? 0 : 1
    return { says: claim.says, figures: judge(claim, [round]).rounds.length, wanted }
  })
}
