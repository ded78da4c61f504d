import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { extname, join, normalize } from 'node:path'

const kinds: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Serves a built site as any static host does, to look at it. */
export function serveSite(folder: string): Server {
  return createServer((request, response) => {
    const file = fileAt(folder, request.url ?? '/')
    const shown = file ?? join(folder, '404.html')
    response.writeHead(file ? 200 : 404, { 'content-type': kinds[extname(shown)] ?? 'application/octet-stream' })
    createReadStream(shown)
      .on('error', () => response.end('There is no site yet: pnpm docs:build'))
      .pipe(response)
  })
}

/** `normalize` keeps what is asked for inside the folder, as it begins with a slash. */
function fileAt(folder: string, asked: string): string | undefined {
  const [pathname = '/'] = asked.split(/[?#]/)
  if (!/^\/(?:[\w./-])*$/.test(pathname)) return undefined
  const path = join(folder, normalize(pathname))
  const file = pathname.endsWith('/') ? join(path, 'index.html') : path
  return existsSync(file) && statSync(file).isFile() ? file : undefined
}
