/** Stands between hints where several are one message. */
const BETWEEN = '\u0001'
/** Begins a hint that is written as JSON. */
const ESCAPED = '\u0002'

/** As text that UTF-8 can hold and in which nothing stands that separates hints; mostly it is the hint itself. */
export function writeHintText(hint: string): string {
  const isPlain = hint.isWellFormed() && !hint.includes(BETWEEN) && !hint.startsWith(ESCAPED)
  return isPlain ? hint : ESCAPED + JSON.stringify(hint)
}

export function readHintText(text: string): string {
  if (!text.startsWith(ESCAPED)) return text
  return String(JSON.parse(text.slice(ESCAPED.length)))
}

/** The hints of a message to those without a group. */
export function readMessage(message: string): string[] {
  return message.split(BETWEEN).map(readHintText)
}
