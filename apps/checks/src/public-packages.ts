import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from './command.ts'

export const root = join(import.meta.dirname, '..', '..', '..')

export interface PublicPackage {
  readonly name: string
  readonly folder: string
  /** What `exports` offers for import, as a user writes it. */
  readonly entries: readonly string[]
}

export interface Tarball extends PublicPackage {
  readonly file: string
}

interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly exports?: Readonly<Record<string, unknown>>
}

export function publicPackages(): PublicPackage[] {
  return globSync('packages/*/package.json', { cwd: root })
    .sort()
    .map((file) => ({ folder: dirname(join(root, file)), manifest: readManifest(join(root, file)) }))
    .filter(({ manifest }) => !manifest.private)
    .map(({ folder, manifest }) => ({ name: manifest.name, folder, entries: entriesOf(manifest) }))
}

const readManifest = (file: string): Manifest => JSON.parse(readFileSync(file, 'utf8'))

function entriesOf({ name, exports = {} }: Manifest): string[] {
  const paths = Object.keys(exports).filter((path) => !path.endsWith('.json'))
  return paths.map((path) => `${name}${path.slice(1)}`)
}

/** What would be published, packed as it would be published. */
export async function pack(subject: PublicPackage, destination: string): Promise<Tarball> {
  const file = join(destination, `${subject.name.replace('@', '').replace('/', '-')}.tgz`)
  const { ok, output } = await run('pnpm', ['pack', '--out', file], subject.folder)
  if (!ok) throw new Error(`${subject.name} cannot be packed\n${output}`)
  return { ...subject, file }
}
