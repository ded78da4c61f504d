import { type Play, tellPlay } from './play-seed.ts'
import { textOfPlay } from './play-text.ts'
import { type Failing, type Shrinking, shrinkPlay } from './shrink-play.ts'

/**
 * A play that failed, for people: as the seed has it and, unless nobody asks for it to be made smaller, the least of it that
 * fails, with the journals that it left behind and with the command that plays just that again.
 */
export async function tellFailure(play: Play, judgement: Failing, shrinking?: Shrinking): Promise<string> {
  if (!shrinking) return `${tellPlay(play)}\n${judgement.why}\n${commandOf(play)}`
  const [summary] = (judgement.why ?? '').split('\n')
  const { play: least, judgement: seen, times } = await shrinkPlay(play, judgement, shrinking)
  return [
    tellPlay(play),
    summary,
    `made smaller ${times} times: ${tellPlay(least)}`,
    seen.why,
    await seen.tell(),
    `as it was: ${commandOf(play)}`,
    `as it is shown: ${commandOf(least)}`,
  ].join('\n')
}

const commandOf = (play: Play): string => `pnpm simulate --play '${textOfPlay(play)}'`
