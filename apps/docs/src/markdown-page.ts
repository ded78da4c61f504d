import { anchorOf } from 'checks/markdown'
import MarkdownIt, { type Token } from 'markdown-it'
import type { Highlight } from './highlighter.ts'

export interface Heading {
  readonly level: number
  readonly text: string
  readonly anchor: string
}

/** What a page leads to and shows is decided by whoever renders it. */
export interface Surroundings {
  readonly highlight: Highlight
  /** Where a link of this page leads on the site. */
  resolve(target: string): string
  /** A picture behind a block of code, if it names one. */
  drawing(info: string, code: string): string
  /** What is drawn in a file of the repository, as an address that fetches nothing; `undefined`: it is elsewhere. */
  picture(target: string): string | undefined
}

export interface RenderedPage {
  readonly html: string
  readonly headings: readonly Heading[]
  /** What is to be found by searching: the text behind each heading. */
  readonly texts: ReadonlyMap<string, string>
}

export function renderMarkdown(text: string, { highlight, resolve, drawing, picture }: Surroundings): RenderedPage {
  const markdown = new MarkdownIt({ html: true, linkify: false })
  const tokens = markdown.parse(text, {})
  const headings: Heading[] = []
  const texts = new Map<string, string>()
  const taken = new Map<string, number>()
  let anchor = ''
  for (const [index, token] of tokens.entries()) {
    const inner = tokens[index + 1]
    if (token.type === 'heading_open' && inner) {
      const words = plainText(inner)
      anchor = unique(anchorOf(inner.content), taken)
      token.attrSet('id', anchor)
      headings.push({ level: Number(token.tag.slice(1)), text: words, anchor })
    } else if (token.type === 'inline') {
      for (const child of token.children ?? []) leadOn(child, resolve)
      texts.set(anchor, `${texts.get(anchor) ?? ''} ${plainText(token)}`)
    }
  }
  markdown.renderer.rules.fence = (all, index) => {
    const { info = '', content = '' } = all[index] ?? {}
    const [language = ''] = info.split(/\s+/)
    return `<div class="code">${highlight(content, language)}</div>${drawing(info, content)}\n`
  }
  markdown.renderer.rules.heading_close = (all, index) => {
    const open = all[index - 2]
    const id = open?.attrGet('id') ?? ''
    const label = plainText(all[index - 1]).replaceAll('"', '&quot;')
    return ` <a class="anchor" href="#${id}" aria-label="Link to “${label}”">#</a></${open?.tag ?? 'h2'}>\n`
  }
  markdown.renderer.rules.table_open = () =>
    '<div class="table" tabindex="0" role="region" aria-label="Table"><table>\n'
  markdown.renderer.rules.table_close = () => '</table></div>\n'
  // Nothing is fetched by whoever reads: a picture from elsewhere is its words.
  markdown.renderer.rules.image = (all, index) => {
    const words = markdown.utils.escapeHtml(plainText(all[index]))
    const address = picture(String(all[index]?.attrGet('src') ?? ''))
    return address === undefined ? words : `<img src="${address}" alt="${words}">`
  }
  return { html: markdown.renderer.render(tokens, markdown.options, {}), headings, texts }
}

const plainText = (token: Token | undefined): string =>
  (token?.children ?? [])
    .filter(({ type }) => type === 'text' || type === 'code_inline' || type === 'softbreak')
    .map(({ type, content }) => (type === 'softbreak' ? ' ' : content))
    .join('')

/** GitHub counts headings that read the same. */
function unique(anchor: string, taken: Map<string, number>): string {
  const count = taken.get(anchor) ?? 0
  taken.set(anchor, count + 1)
  return count === 0 ? anchor : `${anchor}-${count}`
}

function leadOn(token: Token, resolve: (target: string) => string): void {
  const target = token.type === 'link_open' ? token.attrGet('href') : null
  if (typeof target !== 'string') return
  token.attrSet('href', /^[a-z]+:/.test(target) ? target : resolve(target))
}
