import type { Heading } from './markdown-page.ts'

/** A place that a search leads to. */
export interface Findable {
  readonly url: string
  readonly title: string
  readonly headings: readonly Heading[]
  /** By anchor; none for what is found by its name only. */
  readonly texts: ReadonlyMap<string, string>
}

const shownLength = 140

/**
 * Places (page, heading, address, beginning of the text), and for each word the numbers of the places that have it.
 * A script, so that it also loads from a file.
 */
export function searchIndex(pages: readonly Findable[]): string {
  const places: string[][] = []
  const words = new Map<string, number[]>()
  for (const { url, title, headings, texts } of pages) {
    for (const { text: heading, anchor, level } of headings) {
      const text = (texts.get(anchor) ?? '').trim().replaceAll(/\s+/g, ' ')
      const body = text.startsWith(heading) ? text.slice(heading.length).trim() : text
      const number =
        places.push([title, level === 1 ? '' : heading, level === 1 ? url : `${url}#${anchor}`, shorten(body)]) - 1
      for (const word of new Set(wordsOf(`${title} ${heading} ${body}`)))
        words.set(word, [...(words.get(word) ?? []), number])
    }
  }
  const index = { places, words: Object.fromEntries([...words].sort(([one], [other]) => (one < other ? -1 : 1))) }
  return `globalThis.wfSearchIndex = ${JSON.stringify(index)}\n`
}

/** Names are found by each of their words, too. */
const wordsOf = (text: string): string[] =>
  (text.match(/[\p{Letter}\p{Number}_]{2,}/gu) ?? []).flatMap((word) => {
    const parts = word.split(/_|(?<=[a-z])(?=[A-Z])/).filter((part) => part.length > 1)
    return (parts.length > 1 ? [word, ...parts] : [word]).map((each) => each.toLowerCase())
  })

function shorten(text: string): string {
  if (text.length <= shownLength) return text
  return `${text.slice(0, text.lastIndexOf(' ', shownLength))} …`
}
