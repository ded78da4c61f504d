import ts from 'typescript'
import { lineOf, nodesOf, type SourceFile } from './source-file.ts'
import { linesOf } from './thin-engines.ts'

const mostLines = 300

/** Files that may be longer; each needs a reason beside its name. */
const longFiles: readonly string[] = []

/** A file is read in one go. */
export function fileLength(files: readonly SourceFile[], excepted: readonly string[] = longFiles): string[] {
  return files
    .filter((file) => linesOf(file) > mostLines && !excepted.includes(file.path))
    .map((file) => `${file.path} has ${linesOf(file)} lines`)
}

export function noAny(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    nodesOf(file)
      .filter((node) => node.kind === ts.SyntaxKind.AnyKeyword)
      .map((node) => `${lineOf(file, node)} says any`),
  )
}
