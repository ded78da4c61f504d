import type { Content } from './layout.ts'

/** Shown at addresses that lead nowhere, whatever folder they name. */
export const notFound: Content = {
  url: '404.html',
  title: 'Not found',
  section: '',
  headings: [],
  html: '<h1>There is no such page</h1><p>It may have been renamed. The search above knows every heading and every exported name; the <a href="index.html">first page</a> leads to all others.</p>',
}
