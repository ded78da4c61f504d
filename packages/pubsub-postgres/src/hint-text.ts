/** Marks a hint that is written as JSON, because Postgres has no place for NUL and lone surrogates in a text. */
const MARK = '~'

export function writeHint(hint: string): string {
  if (hint.isWellFormed() && !hint.includes('\0') && !hint.startsWith(MARK)) return hint
  return MARK + JSON.stringify(hint)
}

export function readHint(text: string): string {
  return text.startsWith(MARK) ? String(JSON.parse(text.slice(MARK.length))) : text
}
