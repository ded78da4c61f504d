import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PublicPackage, publicPackages } from 'checks/public-packages'
import ts from 'typescript'
import { createDeclare, createTypes, type Declare } from './declarations.ts'

export type ExportKind = 'function' | 'class' | 'value' | 'type'

export interface Exported {
  readonly name: string
  readonly kind: ExportKind
  /** What its author says of it, as Markdown. */
  readonly doc: string
  readonly declaration: string
}

export interface Entry {
  /** As a user imports it. */
  readonly name: string
  readonly exports: readonly Exported[]
}

export interface PackageReference {
  readonly name: string
  /** From the root of the repository. */
  readonly readme: string
  readonly entries: readonly Entry[]
}

interface Types {
  readonly program: ts.Program
  readonly checker: ts.TypeChecker
  readonly declare: Declare
}

/** Everything that the packages export, by what the compiler says of it. */
export function readReference(): PackageReference[] {
  const packages = publicPackages()
  const sources = new Map(packages.flatMap((each) => each.entries.map((entry) => [entry, sourceOf(each, entry)])))
  const program = createTypes([...sources.values()])
  const types = { program, checker: program.getTypeChecker(), declare: createDeclare(program) }
  return packages.map((each) => ({
    name: each.name,
    readme: `packages/${each.folder.split(/[\\/]/).at(-1)}/README.md`,
    entries: each.entries.map((name) => ({ name, exports: exportsOf(types, sources.get(name) ?? '') })),
  }))
}

function sourceOf({ name, folder }: PublicPackage, entry: string): string {
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, exports[`.${entry.slice(name.length)}`]['@wf/source'])
}

function exportsOf(types: Types, source: string): Exported[] {
  const file = types.program.getSourceFile(source)
  const module = file && types.checker.getSymbolAtLocation(file)
  if (!module) throw new Error(`${source} exports nothing`)
  return types.checker
    .getExportsOfModule(module)
    .map((symbol) => exported(types, symbol))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'))
}

function exported({ checker, declare }: Types, symbol: ts.Symbol): Exported {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  const [declaration] = target.declarations ?? []
  if (!declaration) throw new Error(`${symbol.name} is declared nowhere`)
  const texts = declare(declaration.getSourceFile(), target.name)
  if (texts.length === 0) throw new Error(`the declaration of ${symbol.name} was not found`)
  return {
    name: symbol.name,
    kind: kindOf(target),
    doc: ts.displayPartsToString(target.getDocumentationComment(checker)),
    declaration: texts.join('\n'),
  }
}

function kindOf({ flags }: ts.Symbol): ExportKind {
  if (flags & ts.SymbolFlags.Function) return 'function'
  if (flags & ts.SymbolFlags.Class) return 'class'
  return flags & ts.SymbolFlags.Variable ? 'value' : 'type'
}
