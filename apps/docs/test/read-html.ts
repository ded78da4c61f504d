import { globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

export interface HtmlPage {
  readonly url: string
  readonly text: string
  readonly ids: readonly string[]
  /** What it leads to and what it loads, as it says it. */
  readonly links: readonly string[]
}

export const readHtml = (folder: string): HtmlPage[] =>
  globSync('**/*.html', { cwd: folder }).map((path) => {
    const text = readFileSync(join(folder, path), 'utf8')
    // What is shown as code leads nowhere.
    return {
      url: path.replaceAll('\\', '/'),
      text,
      ids: all(text, / id="([^"]*)"/g),
      links: all(text, / (?:href|src)="([^"]*)"/g),
    }
  })

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = '']) => found)

/** Links inside the site that lead to no page, no file or no anchor. */
export function deadLinks(pages: readonly HtmlPage[], exists: (url: string) => boolean): string[] {
  const anchors = new Map(pages.map(({ url, ids }) => [url, new Set(ids)]))
  return pages.flatMap(({ url, links }) =>
    links
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => {
        const [path = '', anchor] = link.split('#')
        const target = path === '' ? url : posix.normalize(posix.join(posix.dirname(url), path))
        return anchor === undefined ? !exists(target) : !anchors.get(target)?.has(anchor)
      })
      .map((link) => `${url} leads to ${link}`),
  )
}
