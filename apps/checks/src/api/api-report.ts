import ts from 'typescript'
import type { Declarations } from './declarations.ts'

export interface Entry {
  /** As a user imports it. */
  readonly name: string
  /** The file of its source. */
  readonly file: string
}

interface Declared {
  readonly name: string
  readonly file: string
  readonly node: ts.Declaration
}

/** What a package offers, as text that changes when it does: its exports, and the types behind them that have no name outside. */
export function apiReport(title: string, entries: readonly Entry[], declarations: Declarations): string {
  const [seen, queue]: [Set<string>, Declared[]] = [new Set(), []]
  const sections = entries.map(({ name, file }) => {
    const exported = exportsOf(file, declarations).map((symbol) =>
      tellExport(symbol, { file, declarations, seen, queue }),
    )
    return section(`Exports of \`${name}\``, exported)
  })
  const behind = tellBehind({ declarations, seen, queue })
  const heading = `# ${title}\n\nWritten by \`pnpm api --write\`; read it as a diff.\n`
  return [heading, ...sections, ...(behind.length > 0 ? [section('Behind them', behind)] : [])].join('\n')
}

const section = (title: string, texts: readonly string[]): string =>
  `## ${title}\n\n\`\`\`ts\n${[...texts].sort().join('\n\n')}\n\`\`\`\n`

interface Telling {
  readonly declarations: Declarations
  readonly seen: Set<string>
  readonly queue: Declared[]
}

function exportsOf(file: string, { checker, source }: Declarations): readonly ts.Symbol[] {
  const tree = source(file)
  const symbol = tree && checker.getSymbolAtLocation(tree)
  if (!symbol) throw new Error(`${file} is no module of the program`)
  return checker.getExportsOfModule(symbol)
}

function tellExport(symbol: ts.Symbol, telling: Telling & { readonly file: string }): string {
  const target = resolve(symbol, telling.declarations.checker)
  const found = declaredIn(target).filter(({ file }) => packageOf(file) === packageOf(telling.file))
  if (found.length === 0) return `${symbol.name}: that of ${packageOf(declaredIn(target)[0]?.file ?? '')}`
  const text = found.map((declared) => tell(declared, telling))
  const renamed = target.name === symbol.name ? '' : `// as ${symbol.name}\n`
  return `${renamed}${[...new Set(text)].join('\n')}`
}

/** What is reached from what was told, until nothing new is. */
function tellBehind(telling: Telling): readonly string[] {
  const texts: string[] = []
  for (let next = telling.queue.shift(); next; next = telling.queue.shift()) {
    if (telling.seen.has(idOf(next))) continue
    // Nobody outside can make one, so what it is inside may change from day to day.
    if (ts.isClassDeclaration(next.node)) {
      telling.seen.add(idOf(next))
      texts.push(`class ${next.name} {}`)
    } else texts.push(tell(next, telling))
  }
  return texts.filter((text) => text !== '')
}

const idOf = ({ file, name }: Declared): string => `${file}#${name}`

function tell(declared: Declared, { declarations, seen, queue }: Telling): string {
  const { name, file, node } = declared
  if (!seen.has(idOf(declared))) {
    seen.add(idOf(declared))
    queue.push(...referencesIn(node, declarations.checker).filter((other) => packageOf(other.file) === packageOf(file)))
  }
  return declarations.of(file, name).join('\n')
}

const resolve = (symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol

/** Declarations that stand by themselves in a file, not parameters or members. */
function declaredIn(symbol: ts.Symbol): readonly Declared[] {
  return (symbol.declarations ?? []).flatMap((node) => {
    const statement = ts.isVariableDeclaration(node) ? node.parent.parent : node
    const isAtTop = ts.isSourceFile(statement.parent ?? node)
    return isAtTop ? [{ name: symbol.name, file: node.getSourceFile().fileName, node }] : []
  })
}

function referencesIn(node: ts.Node, checker: ts.TypeChecker): readonly Declared[] {
  const found: Declared[] = []
  const visit = (inner: ts.Node): void => {
    if (ts.isIdentifier(inner)) {
      const symbol = checker.getSymbolAtLocation(inner)
      if (symbol) found.push(...declaredIn(resolve(symbol, checker)))
    }
    // Bodies and values are nobody's business outside.
    if (!ts.isBlock(inner) && !isHidden(inner)) inner.forEachChild(visit)
  }
  visit(node)
  return found
}

function isHidden(node: ts.Node): boolean {
  // How a class is made inside is no promise either: what its constructor takes is shown, and not followed.
  if (ts.isConstructorDeclaration(node)) return true
  if (ts.isArrowFunction(node) || ts.isObjectLiteralExpression(node) || ts.isCallExpression(node)) return true
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : []
  const isPrivate = modifiers.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword)
  const name = (node as ts.Node & { readonly name?: ts.Node }).name
  return isPrivate || (name !== undefined && ts.isPrivateIdentifier(name))
}

const packageOf = (file: string): string =>
  /\/packages\/([^/]+)\/src\//.exec(file)?.[1] ??
  /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(file)?.[1] ??
  file
