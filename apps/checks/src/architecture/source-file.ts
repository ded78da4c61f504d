import { globSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import ts from 'typescript'

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string
  readonly text: string
  readonly tree: ts.SourceFile
}

export const sourceFile = (path: string, text: string): SourceFile => ({
  path,
  text,
  tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true),
})

export function readSources(root: string): SourceFile[] {
  const patterns = ['packages/*/{src,test}/**/*.ts', '{apps,examples}/*/{src,test}/**/*.ts', 'scripts/**/*.mjs', '*.ts']
  return globSync(patterns, { cwd: root, exclude: (name) => name === 'node_modules' || name === 'dist' })
    .sort()
    .map((path) => sourceFile(path.replaceAll('\\', '/'), readFileSync(`${root}/${path}`, 'utf8')))
}

export const isTest = ({ path }: SourceFile) => path.endsWith('.test.ts') || /^[^/]+\/[^/]+\/test\//.test(path)

/** The folder name under `packages/` of what is published, tests apart. */
export function packageOf(file: SourceFile): string | undefined {
  return isTest(file) ? undefined : /^packages\/([^/]+)\/src\//.exec(file.path)?.[1]
}

export function nodesOf({ tree }: SourceFile): ts.Node[] {
  const found: ts.Node[] = []
  const visit = (node: ts.Node) => {
    found.push(node)
    node.forEachChild(visit)
  }
  visit(tree)
  return found
}

/** Every module that a file names: static, re-exported, dynamic, `require`d, or only for its types. */
export function importsOf(file: SourceFile): string[] {
  return nodesOf(file)
    .map(specifierOf)
    .filter((specifier) => specifier !== undefined)
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier)
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : undefined
  if (!ts.isCallExpression(node)) return undefined
  const loads = node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require'
  return loads ? textOf(node.arguments[0]) : undefined
}

const textOf = (node: ts.Node | undefined) => (node && ts.isStringLiteralLike(node) ? node.text : undefined)

/** Where a relative import leads, from the root of the repository. */
export const targetOf = (file: SourceFile, specifier: string) =>
  specifier.startsWith('.') ? posix.join(posix.dirname(file.path), specifier) : undefined

export const lineOf = (file: SourceFile, node: ts.Node) =>
  `${file.path}:${file.tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`
