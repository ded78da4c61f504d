import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { root } from 'checks/public-packages'
import { drawExamples } from './graph/drawn-examples.ts'
import { createHighlighter, type Highlight } from './highlighter.ts'
import { type Content, layout, type Place } from './layout.ts'
import { createLinks, fileUrl, type Links } from './links.ts'
import { type RenderedPage, renderMarkdown } from './markdown-page.ts'
import { navigation } from './navigation.ts'
import { fromTheTop, notFound } from './not-found.ts'
import { pictureOf } from './picture.ts'
import { type PackageReference, readReference } from './reference/read-exports.ts'
import { anchorOfExport, placesOf, renderReference } from './reference/render-reference.ts'
import { type Findable, searchIndex } from './search-index.ts'
import { readSite, type SitePage } from './site-map.ts'

export const builtSite = join(import.meta.dirname, '..', 'dist')

const assets = join(import.meta.dirname, 'assets')

interface Workshop {
  readonly highlight: Highlight
  readonly links: Links
  readonly drawings: ReadonlyMap<string, string>
  readonly references: readonly PackageReference[]
}

/** Writes the whole site into a folder, which then needs nothing else; answers its pages. */
export async function buildSite(folder = builtSite): Promise<readonly Place[]> {
  const pages = readSite(navigation)
  const { highlight, styles } = await createHighlighter()
  const shop: Workshop = {
    highlight,
    links: createLinks(pages),
    drawings: await drawExamples(pages),
    references: readReference(),
  }
  const rendered = pages.map((page) => ({ page, ...renderPage(page, shop) }))
  rmSync(folder, { recursive: true, force: true })
  const write = (url: string, text: string) => {
    mkdirSync(dirname(join(folder, url)), { recursive: true })
    writeFileSync(join(folder, url), text)
  }
  for (const { content } of rendered) write(content.url, layout(content, pages))
  for (const file of shop.links.files) write(fileUrl(file), layout(showFile(file, shop.highlight), pages))
  write('404.html', fromTheTop(layout(notFound, pages), process.env.DOCS_BASE ?? '/'))
  cpSync(assets, join(folder, 'assets'), { recursive: true })
  appendFileSync(join(folder, 'assets', 'site.css'), styles())
  write('assets/search-index.js', searchIndex(rendered.map(({ findable }) => findable)))
  return pages
}

function renderPage(page: SitePage, shop: Workshop): { readonly content: Content; readonly findable: Findable } {
  const markdown = (text: string): RenderedPage =>
    renderMarkdown(text, {
      highlight: shop.highlight,
      resolve: (target) => shop.links.resolve(page.source, target),
      drawing: (_info, code) => shop.drawings.get(code) ?? '',
      picture: (target) => pictureOf(page.source, target),
    })
  const { html, headings, texts } = markdown(page.text)
  const { url, title, section } = page
  const reference = shop.references.find(({ readme }) => readme === page.source)
  if (!reference) return { content: { url, title, section, html, headings }, findable: { url, title, headings, texts } }
  const places = placesOf(shop.references)
  const exports = renderReference(reference, { ...shop, places, prose: (text) => markdown(text).html })
  const names = reference.entries.flatMap((entry) =>
    entry.exports.map(({ name }) => ({ level: 4, text: name, anchor: anchorOfExport(entry, name) })),
  )
  return {
    content: { url, title, section, html: html + exports.html, headings: [...headings, ...exports.headings] },
    findable: { url, title, headings: [...headings, ...names], texts },
  }
}

/** A file that a page leads to, as it is. */
function showFile(file: string, highlight: Highlight): Content {
  const code = highlight(readFileSync(join(root, file), 'utf8'), extname(file).slice(1) || 'text')
  const html = `<h1 class="path">${file}</h1><div class="code">${code}</div>`
  return { url: fileUrl(file), title: file, section: '', html, headings: [] }
}
