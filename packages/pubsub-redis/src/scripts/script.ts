import { createHash } from 'node:crypto'

/** Runs on the server as one step; called by its hash once the server knows it. */
export interface Script {
  readonly text: string
  readonly hash: string
}

export function defineScript(...parts: readonly string[]): Script {
  const text = parts.join('\n').trim()
  return { text, hash: createHash('sha1').update(text).digest('hex') }
}
