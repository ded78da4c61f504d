import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface PageFile {
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
}

export type Page = ReadonlyMap<string, PageFile>

const files = {
  '/': ['index.html', 'text/html'],
  '/page.js': ['page.js', 'text/javascript'],
  '/render.js': ['render.js', 'text/javascript'],
  '/conversation.js': ['conversation.js', 'text/javascript'],
} as const

/** Whatever a model or a customer writes, nothing of it can become a program. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'unsafe-inline'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export const readPage = (): Page =>
  new Map(
    Object.entries(files).map(([path, [name, type]]) => {
      const headers = {
        'content-type': `${type}; charset=utf-8`,
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
      }
      return [path, { text: readFileSync(join(import.meta.dirname, 'page', name), 'utf8'), headers }]
    }),
  )
