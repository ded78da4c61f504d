import type { Ref } from './source.js'
import type { Activity, Frame } from './state.js'
import { isItem } from './telling.js'
import type { Turn } from './turn.js'

/** What user code has written while it ran, under which claim, and as the how-manyth under it, from 0. */
export interface Chunk {
  readonly at: string
  readonly claim: Ref
  readonly n: number
  /** There is a value: what was written. */
  readonly value?: true
  /** Those who watch get the value as it is. */
  readonly custom?: true
}

/** Who speaks where a frame does: of an item its foreach, which answers for it. */
export interface Speaker {
  readonly frame: Frame
  /** Which item. */
  readonly index: number | undefined
}

export function speakerOf(frame: Frame): Speaker {
  let speaker: Speaker = { frame, index: undefined }
  while (speaker.frame.parent && isItem(speaker.frame))
    speaker = { frame: speaker.frame.parent, index: speaker.frame.slot }
  return speaker
}

/** The activity that writes under this claim, as long as the claim stands. */
export function speakingIn(
  { state }: Pick<Turn, 'state'>,
  { at, claim }: Pick<Chunk, 'at' | 'claim'>,
): Activity | undefined {
  const activity = state.activities.get(at)
  return activity?.claim?.ref === claim && state.phase !== 'ended' ? activity : undefined
}

/** A chunk lies in the journal. It changes nothing; `false`: its claim does not stand here, and nobody is told of it. */
export function chunkWritten(turn: Turn, chunk: Chunk): boolean {
  const activity = speakingIn(turn, chunk)
  if (!activity) return false
  const { ref, state } = turn
  const speaker = speakerOf(activity.frame)
  turn.told?.push({ what: 'chunk', ref, generation: state.generation, ...speaker, record: recordOf(speaker), chunk })
  return true
}

/** It is begun again, and what it has written before is void. */
export function tellAgain(turn: Turn, { frame }: Activity): void {
  const { ref, state } = turn
  const speaker = speakerOf(frame)
  turn.told?.push({ what: 'step-again', ref, generation: state.generation, ...speaker, record: recordOf(speaker) })
}

/** How many chunks there were: whoever has seen fewer knows that some are missing. */
export function tellCount({ told, ref }: Turn, { at, claim }: Pick<Chunk, 'at'> & Partial<Chunk>, count: number): void {
  told?.push({ what: 'chunks-over', ref, at, claim, count })
}

/** As it was then. */
const recordOf = ({ frame: { record } }: Speaker) => record && { ...record }
