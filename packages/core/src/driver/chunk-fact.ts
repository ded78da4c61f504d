import type { Chunk } from '../machine/index.js'

/** A chunk as the journal has it. Places are made of digits, points and names of parts: nothing in them needs an escape. */
export function chunkText({ at, claim, n, value, custom }: Chunk): string {
  return `{"at":"${at}","claim":${claim},"n":${n}${value ? ',"value":true' : ''}${custom ? ',"custom":true' : ''}}`
}

export const parseChunk = (fact: string): Chunk => JSON.parse(fact) as Chunk
