import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { anchorOf, type Link, type Page } from './markdown.ts'
import { root } from './public-packages.ts'

/** Links between pages and to files of the repository that lead nowhere. */
export function brokenLinks(pages: readonly Page[], exists = (path: string) => existsSync(join(root, path))): string[] {
  return pages.flatMap((page) =>
    page.links
      .filter(({ target }) => !/^[a-z]+:/.test(target))
      .filter((link) => !leadsSomewhere(pages, page, { link, exists }))
      .map(({ line, target }) => `${page.path}:${line} links to ${target}`),
  )
}

interface Look {
  readonly link: Link
  readonly exists: (path: string) => boolean
}

function leadsSomewhere(pages: readonly Page[], from: Page, { link, exists }: Look): boolean {
  const [file = '', anchor] = link.target.split('#')
  const path = file === '' ? from.path : posix.join(posix.dirname(from.path), file)
  if (anchor === undefined) return exists(path)
  return pages.some((page) => page.path === path && page.headings.map(anchorOf).includes(anchor))
}
