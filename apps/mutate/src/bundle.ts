import { readFile } from 'node:fs/promises'
import { createRequire, isBuiltin } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { root } from './areas.ts'
import { playGroups } from './proofs/play-groups.ts'

const own = (file: string): string => join(import.meta.dirname, file)

/** What stands in for vitest. */
const COLLECTOR = 'proofs/collector.ts'

interface Proven {
  readonly tests: readonly string[]
  /** Whether plays must also ask of their storage what was recorded. */
  readonly hearsCalls: boolean
}

/** One script with all proofs, of which each group is only evaluated when somebody asks for it. */
export async function bundle(proven: Proven, contents: ReadonlyMap<string, string>): Promise<string> {
  const built = await build({
    stdin: { contents: entryOf(proven), resolveDir: root, loader: 'ts' },
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    conditions: ['@wf/source'],
    define: { 'import.meta.dirname': '__dirname', 'import.meta.url': '__url' },
    logLevel: 'error',
    plugins: [mutated(contents), foreign],
  })
  return built.outputFiles[0]?.text ?? ''
}

function entryOf({ tests, hearsCalls }: Proven): string {
  const text = JSON.stringify
  const ofTests = tests.map((file) => `${text(file)}: () => collect(() => import(${text(join(root, file))})),`)
  const plays = text(own('proofs/plays.ts'))
  const ofPlays = playGroups.map(
    (name) => `${text(name)}: () => import(${plays}).then((module) => module.playsOf(${text(name)}, ${hearsCalls})),`,
  )
  return `import { collect } from ${text(own(COLLECTOR))}
export const groups = {\n${[...ofTests, ...ofPlays].join('\n')}\n}`
}

const mutated = (contents: ReadonlyMap<string, string>): Plugin => ({
  name: 'mutated',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const file = relative(root, path).split(sep).join('/')
      const text = contents.get(file) ?? (await readFile(path, 'utf8'))
      return { contents: text.replaceAll('import.meta.dirname', JSON.stringify(dirname(path))), loader: 'ts' }
    })
  },
})

/** What is not ours is loaded once, and shared; tests are collected instead of run. */
const foreign: Plugin = {
  name: 'foreign',
  setup({ onResolve }) {
    onResolve({ filter: /^vitest$/ }, ({ path, importer }) => {
      return importer.startsWith(own('proofs')) ? { path, external: true } : { path: own(COLLECTOR) }
    })
    onResolve({ filter: /^[^./]/ }, ({ path, importer }) => {
      if (path.startsWith('@wf/') || path.startsWith('simulate') || path.startsWith('#')) return undefined
      if (isBuiltin(path) || !importer) return { path, external: true }
      return { path: resolved(path, importer), external: true }
    })
  },
}

function resolved(path: string, importer: string): string {
  try {
    return createRequire(importer).resolve(path)
  } catch {
    return path
  }
}
