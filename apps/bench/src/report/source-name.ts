import { existsSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { CallFrame } from './hot-functions.ts'

/** Where a function was written. */
export interface Origin {
  readonly file: string
  readonly line: number
}

/** Finds what functions of built packages were built from; nothing for what is no file. */
export function createOriginOf(): (frame: CallFrame) => Origin | undefined {
  const maps = new Map<string, SourceMap | undefined>()
  const mapOf = (url: string) => {
    if (!maps.has(url)) maps.set(url, readMap(url))
    return maps.get(url)
  }
  return ({ url, lineNumber, columnNumber }) => {
    if (!url.startsWith('file:')) return undefined
    const entry = mapOf(url)?.findEntry(lineNumber, columnNumber)
    return entry && 'originalSource' in entry
      ? { file: new URL(entry.originalSource, url).pathname, line: entry.originalLine + 1 }
      : { file: new URL(url).pathname, line: lineNumber + 1 }
  }
}

/** Names functions of built packages by the lines that were written. */
export function createSourceName(): (frame: CallFrame) => string {
  const originOf = createOriginOf()
  return (frame) => {
    const name = frame.functionName || '(anonymous)'
    const origin = originOf(frame)
    if (origin === undefined) return `${name} ${frame.url}`.trim()
    return `${name} ${origin.file.replace(/.*\/(packages|node_modules)\//, '')}:${origin.line}`
  }
}

function readMap(url: string): SourceMap | undefined {
  const file = `${fileURLToPath(url)}.map`
  return existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : undefined
}
