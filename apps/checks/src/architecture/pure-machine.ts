import ts from 'typescript'
import { importsOf, isTest, lineOf, nodesOf, type SourceFile, targetOf } from './source-file.ts'

/** The machine of runs, and the small ones of other journals. */
const home = /^packages\/core\/src\/(\w+\/)?machine\//
const outside = ['driver', 'run', 'codec', 'builder'].map((folder) => `packages/core/src/${folder}/`)
const impure = new Set([
  ...['Date', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
  ...['Promise', 'crypto', 'process', 'globalThis'],
])

const machineFiles = (files: readonly SourceFile[]) => files.filter((file) => home.test(file.path) && !isTest(file))

/** The machine knows the graph and its own state; nothing that does I/O is within its reach. */
export function machineImports(files: readonly SourceFile[]): string[] {
  return machineFiles(files).flatMap((file) =>
    importsOf(file)
      .filter((specifier) => isForbidden(file, specifier))
      .map((specifier) => `${file.path} imports ${specifier}`),
  )
}

function isForbidden(file: SourceFile, specifier: string): boolean {
  const target = targetOf(file, specifier)
  if (target === undefined) return specifier !== '@standard-schema/spec'
  return outside.some((folder) => target.startsWith(folder))
}

/** Same entries, same state, same commands: no clock, no chance, no promise. */
export function machineNames(files: readonly SourceFile[]): string[] {
  return machineFiles(files).flatMap((file) =>
    nodesOf(file)
      .map((node) => ({ node, name: impureName(node) }))
      .filter(({ name }) => name !== undefined)
      .map(({ node, name }) => `${lineOf(file, node)} names ${name}`),
  )
}

function impureName(node: ts.Node): string | undefined {
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return 'async'
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return 'await'
  if (ts.isPropertyAccessExpression(node) && node.getText() === 'Math.random') return 'Math.random'
  return ts.isIdentifier(node) && impure.has(node.text) && !isMemberName(node) ? node.text : undefined
}

/** `entry.process` or `{ process: … }` names a field, not the thing that the machine must not know. */
function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) return parent.name === node
  return ts.isPropertySignature(parent) && parent.name === node
}
