import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { root } from '../public-packages.ts'

export interface Bundle {
  /** Minified and packed. */
  readonly bytes: number
  /** Minified, by the folder of core's sources, largest first. */
  readonly folders: readonly (readonly [folder: string, bytes: number])[]
}

/** Bundles a module as an application would that runs on Node. */
export async function bundle(code: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: join(root, 'apps', 'checks'), loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    metafile: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'es2023',
    conditions: ['@wf/source'],
    logLevel: 'silent',
  })
  const [output] = Object.values(metafile.outputs)
  const folders = new Map<string, number>()
  for (const [file, { bytesInOutput }] of Object.entries(output?.inputs ?? {})) {
    const folder = /packages\/core\/src\/([^/]+)\//.exec(file)?.[1]
    if (folder !== undefined) folders.set(folder, (folders.get(folder) ?? 0) + bytesInOutput)
  }
  return {
    bytes: gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length,
    folders: [...folders].sort(([, one], [, other]) => other - one),
  }
}
