/** Text or bytes as they are sent. */
export type Sent = string | Buffer

/** What can be an argument of a command. */
export type Argument = Sent | number

/**
 * Text as it is sent. The driver writes strings as UTF-8, in which lone surrogates have no place: such text goes as the
 * bytes of WTF-8, in which they have three like any other unit of their size.
 */
export function exactly(text: string): Sent {
  return text.isWellFormed() ? text : Buffer.concat([...pieces(text)])
}

function* pieces(text: string): Generator<Buffer> {
  let from = 0
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if ((unit & 0xf800) !== 0xd800) continue
    const next = text.charCodeAt(index + 1)
    if (unit < 0xdc00 && (next & 0xfc00) === 0xdc00) {
      index += 1
      continue
    }
    yield Buffer.from(text.slice(from, index))
    yield Buffer.of(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f))
    from = index + 1
  }
  yield Buffer.from(text.slice(from))
}

/** Only surrogates have bytes from here on behind it, and only lone ones are written like that. */
const SURROGATE = 0xed

/** Text as it was before it was sent. */
export function textOf(bytes: Buffer): string {
  let at = bytes.indexOf(SURROGATE)
  if (at < 0) return bytes.toString()
  let text = ''
  let from = 0
  for (; at >= 0; at = bytes.indexOf(SURROGATE, at + 1)) {
    const second = bytes[at + 1] ?? 0
    if (second < 0xa0) continue
    text += bytes.toString('utf8', from, at)
    text += String.fromCharCode(0xd000 | ((second & 0x3f) << 6) | ((bytes[at + 2] ?? 0) & 0x3f))
    from = at + 3
  }
  return text + bytes.toString('utf8', from)
}

/** Text that says where it ends. Its length is that of its bytes, which is what scripts count. */
export function measured(text: string): string {
  return `${Buffer.byteLength(text)}:${text}`
}

/** What `measured` was given. */
export function unmeasured(bytes: Buffer): string {
  return textOf(bytes.subarray(bytes.indexOf(COLON) + 1))
}

/** What `measured` was given several times over, one behind the other. */
export function unmeasuredList(bytes: Buffer): string[] {
  const list: string[] = []
  for (let from = 0; from < bytes.length; ) {
    const begin = bytes.indexOf(COLON, from) + 1
    const end = begin + Number(bytes.toString('latin1', from, begin - 1))
    list.push(textOf(bytes.subarray(begin, end)))
    from = end
  }
  return list
}

const COLON = 0x3a
