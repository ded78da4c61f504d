import type { Logger } from '../builder/logger.js'
import { type Hint, readHint } from './hint.js'

/** How much of a text that is no hint is logged. */
const SHOWN = 200

/** What has arrived over the pub/sub; a text that is no hint is left out, with a word in the log. */
export function readHints(texts: readonly string[], logger: Logger): Hint[] {
  const hints: Hint[] = []
  for (const text of texts) {
    const hint = readHint(text)
    if (typeof hint !== 'string') hints.push(hint)
    else logger.warn({ hint: text.slice(0, SHOWN) }, `a hint was dropped: ${hint}`)
  }
  return hints
}
