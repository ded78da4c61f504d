import { join } from 'node:path'
import ts from 'typescript'
import { root } from '../public-packages.ts'

/** The sources of packages, and what their declarations look like once they are emitted. */
export interface Declarations {
  readonly checker: ts.TypeChecker
  source(file: string): ts.SourceFile | undefined
  /** Statements of the emitted file that declare a name; several for overloads. */
  of(file: string, name: string): readonly string[]
}

const isOurs = (file: string) => /\/packages\/[^/]+\/src\//.test(file)

export function declarationsOf(entries: readonly string[]): Declarations {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.apps.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: entries }, ts.sys, root)
  const program = ts.createProgram([...entries], {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    removeComments: true,
    allowImportingTsExtensions: false,
    erasableSyntaxOnly: false,
    outDir: join(root, '.results', 'api'),
  })
  const emitted = emit(program)
  return {
    checker: program.getTypeChecker(),
    source: (file) => program.getSourceFile(file),
    of: (file, name) => emitted.get(file)?.get(name) ?? [],
  }
}

type Statements = Map<string, string[]>

/** Nothing is written to disk. */
function emit(program: ts.Program): ReadonlyMap<string, Statements> {
  const files = new Map<string, Statements>()
  const take: ts.WriteFileCallback = (...[file, text, , , sources]) => {
    const [source] = sources ?? []
    if (source && isOurs(source.fileName)) files.set(source.fileName, statementsIn(file, text))
  }
  program.emit(undefined, take, undefined, true)
  return files
}

function statementsIn(file: string, text: string): Statements {
  const statements: Statements = new Map()
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true)
  for (const statement of tree.statements)
    for (const name of namesOf(statement)) {
      const shown = statement
        .getText(tree)
        .replace(/^export (default )?/, '')
        .replace(/^declare /, '')
      statements.set(name, [...(statements.get(name) ?? []), shown])
    }
  return statements
}

function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name.getText())
  const named = statement as ts.Statement & { readonly name?: ts.Node }
  return named.name && ts.isIdentifier(named.name) ? [named.name.text] : []
}
