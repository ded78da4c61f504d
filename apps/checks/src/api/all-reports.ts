import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { publicPackages, root } from '../public-packages.ts'
import { apiReport, type Entry } from './api-report.ts'
import { declarationsOf } from './declarations.ts'

export interface ApiReport {
  readonly name: string
  /** Where it is kept. */
  readonly file: string
  readonly text: string
}

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly '@wf/source': string }>>
}

export const folder = join(root, 'api')

/** Of each published package, made from its source. */
export function allReports(): readonly ApiReport[] {
  const packages = publicPackages().map(({ name, folder: home }) => ({ name, home, entries: entriesOf(name, home) }))
  const declarations = declarationsOf(packages.flatMap(({ entries }) => entries.map(({ file }) => file)))
  return packages.map(({ name, home, entries }) => ({
    name,
    file: join(folder, `${basename(home)}.api.md`),
    text: apiReport(name, entries, declarations),
  }))
}

function entriesOf(name: string, home: string): readonly Entry[] {
  const { exports }: Manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  return Object.entries(exports).flatMap(([path, target]) =>
    typeof target === 'string' ? [] : [{ name: `${name}${path.slice(1)}`, file: join(home, target['@wf/source']) }],
  )
}
