import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { type Outcome, run } from './command.ts'
import type { NodeRelease } from './node-releases.ts'
import { root } from './public-packages.ts'

export interface Example {
  /** As it stands there. */
  readonly source: string
  readonly code: string
  readonly ours: readonly string[]
  /** What a reader has to install besides our packages. */
  readonly others: readonly string[]
}

/** The first block of TypeScript or JavaScript in a text. */
export function firstExample(markdown: string): Example | undefined {
  const source = /^```(?:ts|typescript|js|javascript)\b[^\n]*\n(.*?)^```/ms.exec(markdown)?.[1]
  if (source === undefined) return undefined
  const packages = [...new Set(ts.preProcessFile(source).importedFiles.map(({ fileName }) => packageOf(fileName)))]
  return {
    source,
    code: toJavaScript(source),
    ours: packages.filter((name) => name.startsWith('@wf/')),
    others: packages.filter((name) => !name.startsWith('@wf/') && !name.startsWith('node:')),
  }
}

export function readmeExample(): Example | undefined {
  const file = join(root, 'README.md')
  return existsSync(file) ? firstExample(readFileSync(file, 'utf8')) : undefined
}

/** Installs what the example imports and is not ours, in the version that we test with. */
export async function installForExample(folder: string, { others }: Example): Promise<Outcome> {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const wanted = others.map((name) => `${name}@${devDependencies[name] ?? 'latest'}`)
  if (wanted.length === 0) return { ok: true, output: '' }
  return run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...wanted], folder)
}

/** An example has to end by itself and has to show something. What it writes lies beside it, and nobody else finds it there. */
export async function runExample(folder: string, { code }: Example, release: NodeRelease): Promise<Outcome> {
  const place = mkdtempSync(join(folder, 'example-'))
  const file = join(place, 'example.mjs')
  writeFileSync(file, code)
  const { ok, output } = await run(release.program, [file], place)
  if (ok && output.trim() === '') return { ok: false, output: 'The example printed nothing.' }
  return { ok, output }
}

const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

function toJavaScript(source: string): string {
  return ts.transpileModule(source, {
    fileName: 'example.mts',
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
  }).outputText
}
