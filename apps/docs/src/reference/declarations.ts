import { join } from 'node:path'
import { root } from 'checks/public-packages'
import ts from 'typescript'

/** The types of the packages, as the compiler sees them in their sources. */
export function createTypes(entries: readonly string[]): ts.Program {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: entries }, ts.sys, root)
  return ts.createProgram(entries, {
    ...options,
    noEmit: false,
    incremental: false,
    declaration: true,
    emitDeclarationOnly: true,
  })
}

/** What a file of sources declares, by name, as users get it: without bodies. */
export type Declare = (file: ts.SourceFile, name: string) => readonly string[]

export function createDeclare(program: ts.Program): Declare {
  const files = new Map<string, ReadonlyMap<string, readonly string[]>>()
  return (file, name) => {
    const known =
      files.get(file.fileName) ?? declarationsIn(file.isDeclarationFile ? file.text : emitted(program, file))
    files.set(file.fileName, known)
    return known.get(name) ?? []
  }
}

function emitted(program: ts.Program, file: ts.SourceFile): string {
  let text = ''
  const write = (_path: string, written: string) => {
    text = written
  }
  program.emit(file, write, undefined, true)
  return text
}

function declarationsIn(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  const file = ts.createSourceFile('declared.d.ts', text, ts.ScriptTarget.Latest, true)
  for (const statement of file.statements)
    for (const name of namesOf(statement)) found.set(name, [...(found.get(name) ?? []), tidy(statement.getText(file))])
  return found
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name.getText())
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  return isNamed && statement.name ? [statement.name.text] : []
}

/** Narrower, and without what is nobody's business. */
const tidy = (text: string): string =>
  text
    .replace(/^export (declare )?/, '')
    .replaceAll(/^ {4,}/gm, (indent) => indent.slice(indent.length / 2))
    .split('\n')
    .filter((line) => !/^\s*(private |#)/.test(line))
    .join('\n')
