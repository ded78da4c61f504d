import { existsSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { root } from 'checks/public-packages'
import { relativeUrl, type SitePage, urlOf } from './site-map.ts'

export interface Links {
  /** Where a link leads that stands in a page made from `source`. */
  resolve(source: string, target: string): string
  /** Files of the repository that pages lead to and that are no pages. */
  readonly files: ReadonlySet<string>
}

/** Links lead to the page that was made from a file, or else to the file itself, which is then shown too. */
export function createLinks(pages: readonly SitePage[]): Links {
  const urls = new Map(pages.map(({ source, url }) => [source, url]))
  const files = new Set<string>()
  return {
    files,
    resolve(source, target) {
      const [path = '', anchor] = target.split('#')
      const file = path === '' ? source : posix.normalize(posix.join(posix.dirname(source), path)).replace(/\/$/, '')
      const page = urls.get(file) ?? urls.get(`${file}/README.md`)
      const url = page ?? shownFile(file, files)
      if (url === undefined) throw new Error(`${source} links to ${target}, which is neither a page nor a file`)
      return relativeUrl(urls.get(source) ?? urlOf(source), anchor === undefined ? url : `${url}#${anchor}`)
    },
  }
}

export const fileUrl = (file: string): string => `files/${file}.html`

function shownFile(file: string, files: Set<string>): string | undefined {
  const path = join(root, file)
  if (!existsSync(path) || statSync(path).isDirectory()) return undefined
  files.add(file)
  return fileUrl(file)
}
