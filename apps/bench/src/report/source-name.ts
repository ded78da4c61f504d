import { existsSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { CallFrame } from './hot-functions.ts'

/** Names functions of built packages by the lines that were written. */
export function createSourceName(): (frame: CallFrame) => string {
  const maps = new Map<string, SourceMap | undefined>()
  const mapOf = (url: string) => {
    if (!maps.has(url)) maps.set(url, readMap(url))
    return maps.get(url)
  }
  return ({ functionName, url, lineNumber, columnNumber }) => {
    const name = functionName || '(anonymous)'
    if (!url.startsWith('file:')) return `${name} ${url}`.trim()
    const entry = mapOf(url)?.findEntry(lineNumber, columnNumber)
    if (entry && 'originalSource' in entry) {
      return `${name} ${new URL(entry.originalSource, url).pathname.replace(/.*\/packages\//, '')}:${entry.originalLine + 1}`
    }
    return `${name} ${url.replace(/.*\/node_modules\//, '')}:${lineNumber + 1}`
  }
}

function readMap(url: string): SourceMap | undefined {
  const file = `${fileURLToPath(url)}.map`
  return existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : undefined
}
