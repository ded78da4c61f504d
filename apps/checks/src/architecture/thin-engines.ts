import ts from 'typescript'
import { lineOf, nodesOf, packageOf, type SourceFile } from './source-file.ts'

const kinds = new Set(['parallel', 'foreach', 'branch', 'loop'])
const mostLines = 500

const engineOf = (file: SourceFile) => {
  const name = packageOf(file)
  return name?.startsWith('engine-') ? name : undefined
}

/** An engine hands out work; what a kind of node means is the machine's business. */
export function engineKinds(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => engineOf(file) !== undefined)
    .flatMap((file) =>
      nodesOf(file)
        .filter((node) => ts.isStringLiteralLike(node))
        .filter((node) => kinds.has(node.text))
        .map((node) => `${lineOf(file, node)} mentions '${node.text}'`),
    )
}

export function engineSize(files: readonly SourceFile[]): string[] {
  const sizes = new Map<string, number>()
  for (const file of files) {
    const name = engineOf(file)
    if (name !== undefined) sizes.set(name, (sizes.get(name) ?? 0) + linesOf(file))
  }
  return [...sizes].filter(([, size]) => size > mostLines).map(([name, size]) => `${name} has ${size} lines`)
}

export const linesOf = ({ text }: SourceFile) => text.replace(/\n$/, '').split('\n').length
