import type { Logger } from '../builder/logger.js'
import { type Hint, readHint } from './hint.js'

/** How much of a text that is no hint is logged. */
const SHOWN = 200

/** What has arrived over the pub/sub; a text that is no hint is left out, with a word in the log. */
export function readHints(texts: readonly string[], logger: Logger): Hint[] {
  return texts.flatMap((text) => {
    const hint = readHint(text)
    if (typeof hint !== 'string') return [hint]
    logger.warn({ hint: text.slice(0, SHOWN) }, `a hint was dropped: ${hint}`)
    return []
  })
}
