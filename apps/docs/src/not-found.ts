import type { Content } from './layout.ts'

/** Addresses in a page that is shown in any folder have to begin at the top of the site. */
export const fromTheTop = (html: string, base: string): string =>
  html.replaceAll(/ (href|src|data-index|data-root)="(?![#/]|[a-z]+:)/g, ` $1="${base}`)

/** Shown at addresses that lead nowhere, whatever folder they name. */
export const notFound: Content = {
  url: '404.html',
  title: 'Not found',
  section: '',
  headings: [],
  html: '<h1>There is no such page</h1><p>It may have been renamed. The search above knows every heading and every exported name; the <a href="index.html">first page</a> leads to all others.</p>',
}
