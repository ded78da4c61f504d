/**
 * What Mermaid shows as it stands. All else, such as a quote, a bracket, or a word that Markdown would take for a link,
 * is written as the number of its character.
 */
const PLAIN = /[\p{L}\p{N} ,:?!()=]/u
const WORD = /[\p{L}\p{N}]/u

const MOST = 60

/** Between letters these are part of a word; anywhere else Markdown may mean something by them. */
const JOINS = '_-'

function isPlain(characters: readonly string[], index: number): boolean {
  const character = characters[index] ?? ''
  if (PLAIN.test(character)) return true
  return JOINS.includes(character) && WORD.test(characters[index - 1] ?? '') && WORD.test(characters[index + 1] ?? '')
}

/** Any text, as it may stand between the quotes of a label. */
export function escapeLabel(text: string): string {
  const all = [...text]
  const shown = all.length > MOST ? [...all.slice(0, MOST - 1), '…'] : all
  return shown
    .map((character, index) =>
      isPlain(shown, index) || character === '…' ? character : `#${character.codePointAt(0)};`,
    )
    .join('')
}

/** Lines of a label, in quotes; those of which nothing is known are left out. */
export const label = (lines: readonly string[]): string =>
  `"${lines
    .filter((line) => line !== '')
    .map(escapeLabel)
    .join('<br/>')}"`

const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
]

/** In the largest unit that leaves no rest, or in milliseconds. */
export function duration(ms: number): string {
  const [unit, length] = UNITS.find(([, length]) => ms >= length && ms % length === 0) ?? ['ms', 1]
  return `${ms / length} ${unit}`
}

const SOURCE_LIMIT = 40

/** What a condition is called: its name, or else what it computes. */
export function nameOf(fn: ((...given: never[]) => unknown) | undefined): string {
  if (!fn) return ''
  if (fn.name !== '') return fn.name
  const source = String(fn).replace(/\s+/g, ' ')
  const computed = source.slice(source.indexOf('=>') + 2).trim()
  return computed.length > SOURCE_LIMIT ? `${computed.slice(0, SOURCE_LIMIT - 1)}…` : computed
}
