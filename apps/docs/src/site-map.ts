import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parsePage } from 'checks/markdown'
import { root } from 'checks/public-packages'
import type { Section } from './navigation.ts'

/** A page of the site that is made from a file of the repository. */
export interface SitePage {
  /** From the root of the repository. */
  readonly source: string
  /** From the root of the site. */
  readonly url: string
  readonly title: string
  readonly section: string
  readonly text: string
}

export function readSite(sections: readonly Section[]): SitePage[] {
  const pages = sections.flatMap(({ title, sources }) =>
    sources.flatMap(filesOf).map((source) => ({ ...readPage(source), section: title })),
  )
  // What has a place of its own stays there when a pattern finds it again.
  return pages.filter(({ source }, index) => pages.findIndex((page) => page.source === source) === index)
}

/** What a pattern finds may be nothing; a name must be there. */
function filesOf(source: string): string[] {
  if (!/[*{]/.test(source)) {
    if (!existsSync(join(root, source))) throw new Error(`navigation.ts names ${source}, and there is no such file`)
    return [source]
  }
  const found = globSync(source, { cwd: root, exclude: (path) => path.includes('node_modules') })
  return found.map((path) => path.replaceAll('\\', '/')).sort()
}

function readPage(source: string): Omit<SitePage, 'section'> {
  const text = readFileSync(join(root, source), 'utf8')
  const [heading = source] = parsePage(source, text).headings
  const title = source === 'README.md' ? 'Overview' : heading.replaceAll('`', '')
  return { source, url: urlOf(source), title, text }
}

/** `docs/a.md` → `a.html`; `packages/b/README.md` → `packages/b.html`; the README is the first page. */
export function urlOf(source: string): string {
  if (source === 'README.md') return 'index.html'
  const path = source.replace(/^docs\//, '').replace(/\/README\.md$/, '.md')
  return path.replace(/\.md$/, '.html').toLowerCase()
}

/** How a page leads to another place of the site, wherever the site lies. */
export const relativeUrl = (from: string, to: string): string => {
  const [path = '', anchor] = to.split('#')
  const way = path === from ? '' : posix.relative(posix.dirname(from), path)
  return anchor === undefined ? way || posix.basename(path) : `${way}#${anchor}`
}
