import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import type { Page } from './markdown.ts'
import { root } from './public-packages.ts'

/** A block of TypeScript that somebody may copy and run. */
export interface Snippet {
  /** `page:line`. */
  readonly name: string
  readonly code: string
  readonly file: string
  /** What it says it prints: the `// → …` behind its lines, in order. */
  readonly prints: readonly string[]
}

/** Inside this package, so that imports are found as they would be in an application. */
const folder = join(import.meta.dirname, '..', '.results', 'snippets')

/** Writes all blocks that stand for themselves into files. */
export function writeSnippets(pages: readonly Page[]): Snippet[] {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return pages.flatMap(({ path, blocks }) =>
    blocks
      .filter(({ language, file }) => language === 'ts' && file === undefined)
      .map(({ line, code }) => {
        const file = join(folder, `${path.replaceAll(/[^\w]+/g, '-')}-${line}.ts`)
        writeFileSync(file, code)
        return { name: `${path}:${line}`, code, file, prints: printsOf(code) }
      }),
  )
}

export const printsOf = (code: string): string[] => [...code.matchAll(/\/\/ → (.*)$/gm)].map(([, text = '']) => text)

/** Blocks that show a part of a file which they are not. */
export function strayFragments(pages: readonly Page[]): string[] {
  return pages.flatMap(({ path, blocks }) =>
    blocks.flatMap(({ line, file, code }) =>
      file !== undefined && !readFileSync(join(root, file), 'utf8').includes(code)
        ? [`${path}:${line} is no part of ${file}`]
        : [],
    ),
  )
}

/** What the compiler has to say, with the strictness of this repository, by file. */
export function compile(files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const config = join(root, 'tsconfig.apps.json')
  const { config: json } = ts.readConfigFile(config, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent({ ...json, files }, ts.sys, root)
  const program = ts.createProgram(files, options)
  return new Map(
    files.map((file) => {
      const source = program.getSourceFile(file)
      const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      return [file, found.map(textOf)]
    }),
  )
}

function textOf({ file, start = 0, messageText }: ts.Diagnostic): string {
  const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0
  return `line ${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
}
