import { playOf, playOne, tellPlay } from '../play-seed.ts'
import { tellFailure } from '../tell-failure.ts'

/** What was found, as whoever started this process is told. */
export interface Finding {
  /** Absent: none of the seeds has failed. */
  readonly seed?: number
  readonly play?: string
  readonly why?: string
  /** All of it, made smaller where there was time for that. */
  readonly told?: string
}

/** Plays seeds from one to another, every how-manyth, until one fails, which is made smaller for so long. */
const [from, to, step, shrinkMs = 0] = process.argv.slice(2).map(Number) as [number, number, number, number?]
process.send?.(await search())
process.disconnect?.()

async function search(): Promise<Finding> {
  for (let seed = from; seed < to; seed += step) {
    const play = playOf(seed)
    const judgement = await playOne(play)
    const { verdict, why = '' } = judgement
    if (verdict !== 'failed') continue
    const told = await tellFailure(play, judgement, shrinkMs > 0 ? { ms: shrinkMs } : undefined)
    return { seed, play: tellPlay(play), why, told }
  }
  return {}
}
