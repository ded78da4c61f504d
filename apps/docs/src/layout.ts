import { arrowMarker } from './graph/draw-graph.ts'
import { escapeText } from './graph/shape.ts'
import type { Heading } from './markdown-page.ts'
import { relativeUrl } from './site-map.ts'

/** A page in the sidebar. */
export interface Place {
  readonly url: string
  readonly title: string
  readonly section: string
}

export interface Content extends Place {
  readonly html: string
  readonly headings: readonly Heading[]
}

/** What is around every page: the head, the way through the site, the way on. */
export function layout(content: Content, places: readonly Place[]): string {
  const up = (url: string) => relativeUrl(content.url, url)
  const index = places.findIndex(({ url }) => url === content.url)
  const title = content.url === 'index.html' ? 'wf: durable workflows for TypeScript' : `${content.title} · wf`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeText(title)}</title>
<link rel="icon" href="${up('assets/mark.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${up('assets/site.css')}">
<script src="${up('assets/find.js')}" defer></script>
<script src="${up('assets/search.js')}" data-index="${up('assets/search-index.js')}" data-root="${up('index.html').replace(/index\.html$/, '')}" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to the text</a>
<header class="top">
<a class="home" href="${up('index.html')}"><img src="${up('assets/mark.svg')}" alt="" width="26" height="26"> wf</a>
<search class="search"><label for="search" class="unseen">Search the documentation</label><input id="search" type="search" placeholder="Search  ( / )" autocomplete="off" role="combobox" aria-expanded="false" aria-controls="found" aria-autocomplete="list" disabled><ul id="found" role="listbox" aria-label="Found" hidden></ul></search>
</header>
<div class="columns">
<nav class="side" aria-label="Pages"><details class="menu"><summary>Pages</summary>${sidebar(content, places)}</details></nav>
<main id="content" tabindex="-1">
<article>${content.html}</article>
${index < 0 ? '' : onward(places[index - 1], places[index + 1], up)}
</main>
${contents(content.headings)}
</div>
${content.html.includes('<figure class="graph">') ? arrowMarker : ''}
</body>
</html>
`
}

function sidebar({ url: current }: Content, places: readonly Place[]): string {
  const sections = [...new Set(places.map(({ section }) => section))]
  return sections
    .map((section) => {
      const items = places
        .filter((place) => place.section === section)
        .map(({ url, title }) => {
          const here = url === current ? ' aria-current="page"' : ''
          return `<li><a href="${relativeUrl(current, url)}"${here}>${escapeText(title)}</a></li>`
        })
      return `<h2>${escapeText(section)}</h2><ul>${items.join('')}</ul>`
    })
    .join('')
}

function onward(before: Place | undefined, after: Place | undefined, up: (url: string) => string): string {
  const link = (place: Place | undefined, rel: 'prev' | 'next', word: string) =>
    place ? `<a rel="${rel}" href="${up(place.url)}"><span>${word}</span>${escapeText(place.title)}</a>` : ''
  return `<nav class="onward" aria-label="Before and after">${link(before, 'prev', 'Before')}${link(after, 'next', 'Next')}</nav>`
}

/** Of a long page: its second and third level. */
function contents(headings: readonly Heading[]): string {
  const shown = headings.filter(({ level }) => level === 2 || level === 3)
  if (shown.length < 2) return ''
  const items = shown.map(
    ({ level, text, anchor }) => `<li class="level-${level}"><a href="#${anchor}">${escapeText(text)}</a></li>`,
  )
  return `<nav class="contents" aria-label="On this page"><h2>On this page</h2><ul>${items.join('')}</ul></nav>`
}
