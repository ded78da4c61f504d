import { createHighlighter as createShiki, type ShikiTransformer } from 'shiki'

const languages = ['ts', 'js', 'json', 'html', 'css', 'bash', 'sh', 'yaml', 'docker', 'systemd', 'sql', 'md'] as const

const aliases: Readonly<Record<string, string>> = { mjs: 'js', service: 'systemd', Dockerfile: 'docker', yml: 'yaml' }

/** Gives back code as HTML. */
export type Highlight = (code: string, language: string, links?: ReadonlyMap<string, string>) => string

export interface Highlighter {
  readonly highlight: Highlight
  /** Rules for all colours that were used, for both schemes. */
  styles(): string
}

export async function createHighlighter(): Promise<Highlighter> {
  const shiki = await createShiki({
    themes: ['github-light-high-contrast', 'github-dark-high-contrast'],
    langs: [...languages],
  })
  const known = new Set<string>(shiki.getLoadedLanguages())
  const classes = new Map<string, string>()
  const highlight: Highlight = (code, language, links) => {
    const name = aliases[language] ?? language
    const html = shiki.codeToHtml(code.replace(/\n$/, ''), {
      lang: known.has(name) ? name : 'text',
      themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
      defaultColor: 'light-dark()',
      transformers: links ? [linkNames(links)] : [],
    })
    return html
      .replace(/ class="shiki[^>]*>/, ' tabindex="0">')
      .replaceAll(
        / style="color:(light-dark\([^)]*\))[^"]*"/g,
        (_, colour: string) => ` class="${classOf(colour, classes)}"`,
      )
  }
  return {
    highlight,
    styles: () => [...classes].map(([colour, name]) => `.${name} { color: ${colour}; }\n`).join(''),
  }
}

/** The same few colours stand at every other word, so they have short names. */
function classOf(colour: string, classes: Map<string, string>): string {
  const name = classes.get(colour) ?? `c${classes.size}`
  classes.set(colour, name)
  return name
}

/** Names that are explained somewhere lead there. */
const linkNames = (links: ReadonlyMap<string, string>): ShikiTransformer => ({
  name: 'link-names',
  span(node) {
    const [text] = node.children
    if (text?.type !== 'text') return
    const [, before = '', name = '', behind = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text.value) ?? []
    const href = links.get(name)
    if (href === undefined) return
    const link = {
      type: 'element',
      tagName: 'a',
      properties: { href },
      children: [{ type: 'text', value: name }],
    } as const
    node.children = [
      { type: 'text', value: before },
      { ...link, children: [...link.children] },
      { type: 'text', value: behind },
    ]
  },
})
