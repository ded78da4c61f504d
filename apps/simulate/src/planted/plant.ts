import { readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { build, type Plugin } from 'esbuild'
import type { Bug, Change } from './bugs.ts'

const root = join(import.meta.dirname, '..', '..', '..', '..')

/** Puts the simulator with everything that it plays into one file, with a bug in it; absent: without any. */
export async function plant(bug: Bug | undefined, outfile: string): Promise<void> {
  const changes = bug?.changes ?? []
  const made = new Set<Change>()
  await build({
    entryPoints: [join(import.meta.dirname, 'search.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@wf/source'],
    logLevel: 'silent',
    plugins: [changing(changes, made)],
  })
  for (const change of changes)
    if (!made.has(change)) throw new Error(`${bug?.id}: ${change.file} is no part of what is played`)
}

function changing(changes: readonly Change[], made: Set<Change>): Plugin {
  return {
    name: 'planted',
    setup({ onLoad }) {
      onLoad({ filter: /\/packages\/.*\/src\/.*\.ts$/ }, async ({ path }) => {
        const file = relative(root, path).split(sep).join('/')
        const own = changes.filter((change) => change.file === file)
        if (own.length === 0) return undefined
        let contents = await readFile(path, 'utf8')
        for (const change of own) {
          contents = changed(contents, change)
          made.add(change)
        }
        return { contents, loader: 'ts' }
      })
    },
  }
}

export function changed(contents: string, { file, find, put }: Change): string {
  const times = contents.split(find).length - 1
  if (times !== 1) throw new Error(`${file} has ${times} times instead of once: ${find}`)
  return contents.replace(find, () => put)
}
