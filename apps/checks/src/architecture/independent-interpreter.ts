import { posix } from 'node:path'
import { importsOf, isTest, type SourceFile, targetOf } from './source-file.ts'
import { linesOf } from './thin-engines.ts'

const folder = 'apps/simulate/src/random/interpreter'
const mostLines = 400

const interpreterIn = (files: readonly SourceFile[]) =>
  files.filter((file) => posix.dirname(file.path) === folder && !isTest(file))

/** So short that it can be checked by reading it. */
export function interpreterSize(files: readonly SourceFile[]): string[] {
  const size = interpreterIn(files).reduce((lines, file) => lines + linesOf(file), 0)
  return size > mostLines ? [`the interpreter has ${size} lines`] : []
}

/** What engines are compared with shares nothing with them: neither it nor what it imports knows a package. */
export function interpreterImports(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const found: string[] = []
  const seen = new Set<SourceFile>()
  const look = (file: SourceFile | undefined): void => {
    if (!file || seen.has(file)) return
    seen.add(file)
    for (const specifier of importsOf(file)) {
      const target = targetOf(file, specifier)
      if (target === undefined || !target.startsWith('apps/simulate/')) found.push(`${file.path} imports ${specifier}`)
      else look(byPath.get(target))
    }
  }
  interpreterIn(files).forEach(look)
  return found
}
