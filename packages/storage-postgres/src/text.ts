/** Stands for a character that Postgres cannot keep, which follows as four hexadecimal digits. */
const MARK = '\u0001'
const UNKEPT = new RegExp(`[\\0${MARK}]|\\p{Surrogate}`, 'gu')
const MARKED = new RegExp(`${MARK}([0-9a-f]{4})`, 'g')

/** Text as Postgres can keep it: NUL, lone surrogates and the mark itself are spelled out. Different texts stay different. */
export function kept(text: string): string {
  if (text.isWellFormed() && !text.includes('\0') && !text.includes(MARK)) return text
  return text.replace(UNKEPT, (unit) => MARK + unit.charCodeAt(0).toString(16).padStart(4, '0'))
}

/** Text as it was before it was kept. */
export function given(text: string): string {
  if (!text.includes(MARK)) return text
  return text.replace(MARKED, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
}
