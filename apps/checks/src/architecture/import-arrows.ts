import { importsOf, packageOf, type SourceFile, targetOf } from './source-file.ts'

export interface Manifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** Engines, adapters and suites meet in core's contracts, and in tests of workflows; core needs nothing but the schema standard. */
export function importArrows(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const name = packageOf(file)
    if (name === undefined) return []
    return importsOf(file)
      .filter((specifier) => !mayImport(name, file, specifier))
      .map((specifier) => `${file.path} imports ${specifier}`)
  })
}

/** The same for what a package asks npm to install beside it. */
export function manifestArrows(manifests: readonly Manifest[]): string[] {
  return manifests.flatMap(({ name, dependencies, peerDependencies, optionalDependencies }) =>
    Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies })
      .filter((wanted) => !mayInstall(name.replace('@wf/', ''), wanted))
      .map((wanted) => `${name} depends on ${wanted}`),
  )
}

function mayImport(name: string, file: SourceFile, specifier: string): boolean {
  const target = targetOf(file, specifier)
  if (target !== undefined) return target.startsWith(`packages/${name}/src/`)
  return specifier.startsWith('node:') || mayInstall(name, specifier)
}

/** Tests of workflows are played on both engines, over what needs no server. */
const playsTests: readonly string[] = [
  '@wf/engine-default',
  '@wf/engine-evented',
  '@wf/parity-tests',
  '@wf/parity-tests/simulator',
  '@wf/pubsub-memory',
  '@wf/storage-memory',
]

function mayInstall(name: string, wanted: string): boolean {
  if (name === 'core') return wanted === '@standard-schema/spec'
  // So that a schedule can say cron wherever an engine is installed, though core brings no library that reads it.
  if (name.startsWith('engine-') && wanted === '@wf/cron') return true
  if (wanted === '@wf/core' || wanted.startsWith('@wf/core/')) return true
  if (name === 'testing') return playsTests.includes(wanted)
  const bringsDriver = !name.startsWith('engine-') && name !== 'parity-tests'
  return bringsDriver && !wanted.startsWith('@wf/')
}
