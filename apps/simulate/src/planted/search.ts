import { playOf, playOne, tellPlay } from '../play-seed.ts'

/** What was found, as whoever started this process is told. */
export interface Finding {
  /** Absent: none of the seeds has failed. */
  readonly seed?: number
  readonly play?: string
  readonly why?: string
}

/** Plays seeds from one to another, every how-manyth, until one fails. */
const [from, to, step] = process.argv.slice(2).map(Number) as [number, number, number]
process.send?.(await search())
process.disconnect?.()

async function search(): Promise<Finding> {
  for (let seed = from; seed < to; seed += step) {
    const play = playOf(seed)
    const { verdict, why = '' } = await playOne(play)
    if (verdict === 'failed') return { seed, play: tellPlay(play), why }
  }
  return {}
}
