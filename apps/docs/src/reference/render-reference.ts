import type { Highlight } from '../highlighter.ts'
import type { Heading } from '../markdown-page.ts'
import { relativeUrl, urlOf } from '../site-map.ts'
import type { Entry, Exported, ExportKind, PackageReference } from './read-exports.ts'

const groups: readonly (readonly [ExportKind, string])[] = [
  ['function', 'Functions'],
  ['class', 'Classes'],
  ['value', 'Values'],
  ['type', 'Types'],
]

export interface RenderedReference {
  readonly html: string
  readonly headings: readonly Heading[]
}

/** Where each exported name is explained, from the root of the site. */
export function placesOf(references: readonly PackageReference[]): ReadonlyMap<string, string> {
  const places = new Map<string, string>()
  for (const { readme, entries } of references)
    for (const entry of entries)
      for (const { name } of entry.exports)
        if (!places.has(name)) places.set(name, `${urlOf(readme)}#${anchorOfExport(entry, name)}`)
  return places
}

/** Names differ by case alone, and an entry beside the main one may export a name again. */
export const anchorOfExport = ({ name: entry }: Entry, name: string): string =>
  `${entry.split('/').slice(2).join('-') || 'api'}-${name}`

interface Tools {
  readonly highlight: Highlight
  readonly places: ReadonlyMap<string, string>
  /** Of what its author says of something. */
  readonly prose: (markdown: string) => string
}

export function renderReference(reference: PackageReference, tools: Tools): RenderedReference {
  const own = urlOf(reference.readme)
  const links = new Map([...tools.places].map(([name, place]) => [name, relativeUrl(own, place)]))
  const headings: Heading[] = []
  const html = reference.entries.map((entry) => {
    const anchor = `${anchorOfExport(entry, 'exports')}`
    headings.push({ level: 2, text: `Exports of ${entry.name}`, anchor })
    const parts = groups.flatMap(([kind, title]) => {
      const found = entry.exports.filter((each) => each.kind === kind)
      if (found.length === 0) return []
      const group = anchorOfExport(entry, title.toLowerCase())
      headings.push({ level: 3, text: title, anchor: group })
      return [
        `<h3 id="${group}">${title}</h3>`,
        ...found.map((each) => renderExport(each, anchorOfExport(entry, each.name), { ...tools, links })),
      ]
    })
    return `<h2 id="${anchor}">Exports of <code>${entry.name}</code></h2>${listOf(entry)}${parts.join('')}`
  })
  return { html: `<section class="reference">${html.join('')}</section>`, headings }
}

const listOf = (entry: Entry): string =>
  `<p class="names">${entry.exports.map(({ name }) => `<a href="#${anchorOfExport(entry, name)}"><code>${name}</code></a>`).join(' ')}</p>`

function renderExport(
  { name, kind, doc, declaration }: Exported,
  anchor: string,
  { highlight, prose, links }: Tools & { readonly links: ReadonlyMap<string, string> },
): string {
  const others = new Map([...links].filter(([each]) => each !== name))
  return `<section class="export"><h4 id="${anchor}"><code>${name}</code> <span class="kind">${kind}</span> <a class="anchor" href="#${anchor}" aria-label="Link to ${name}">#</a></h4>${prose(doc)}<div class="code">${highlight(declaration, 'ts', others)}</div></section>`
}
