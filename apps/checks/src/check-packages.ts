// Looks at the packages as a user gets them: packed, installed with npm into an empty folder, imported and run.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkStarter } from './check-starter.ts'
import { checkStranger } from './check-stranger.ts'
import { checkTemplates } from './check-templates.ts'
import { run } from './command.ts'
import { nodeReleases } from './node-releases.ts'
import { pack, publicPackages, type Tarball } from './public-packages.ts'
import { installForExample, readmeExample, runExample } from './readme-example.ts'
import { createReport, type Report } from './report.ts'

const bin = (name: string) => join(import.meta.dirname, '..', 'node_modules', '.bin', name)

async function main(report: Report, folder: string) {
  const [tarballs, releases] = await Promise.all([packAll(folder), nodeReleases()])
  await Promise.all([
    checkFiles(report, tarballs),
    checkInstalled(report, { folder, tarballs, releases }),
    checkTemplates(report, { folder, tarballs }),
    checkStranger(report, { folder, tarballs }),
    checkStarter(report, { folder, tarballs }),
  ])
}

const packAll = (folder: string) => Promise.all(publicPackages().map((subject) => pack(subject, folder)))

/** What is inside a tarball: its manifest, its types, its licence, no tests. */
async function checkFiles(report: Report, tarballs: readonly Tarball[]) {
  for (const { name, folder, file } of tarballs) {
    const [lint, types, listing] = await Promise.all([
      run(bin('publint'), ['run', file, '--strict'], folder),
      run(bin('attw'), [file, '--profile', 'esm-only', '--no-emoji'], folder),
      run('tar', ['-tzf', file], folder),
    ])
    report.add(`${name}: publint`, lint)
    report.add(`${name}: types resolve`, types)
    const complete = listing.ok && listing.output.includes('package/LICENSE') && !listing.output.includes('.test.')
    report.add(`${name}: has a licence and no tests`, { ...listing, ok: complete })
  }
}

interface Installation {
  readonly folder: string
  readonly tarballs: readonly Tarball[]
  readonly releases: Awaited<ReturnType<typeof nodeReleases>>
}

async function checkInstalled(report: Report, { folder, tarballs, releases }: Installation) {
  const home = join(folder, 'installed')
  mkdirSync(home)
  writeFileSync(join(home, 'package.json'), '{ "name": "installed", "private": true }')
  const flags = ['--no-audit', '--no-fund', '--loglevel=error']
  const installed = await run('npm', ['install', ...flags, ...tarballs.map(({ file }) => file)], home)
  report.add('tarballs install together', installed)
  if (!installed.ok) return
  for (const entry of tarballs.flatMap(({ entries }) => entries)) {
    const viaImport = `if (Object.keys(await import('${entry}')).length === 0) throw new Error('exports nothing')`
    const viaRequire = `if (Object.keys(require('${entry}')).length === 0) throw new Error('exports nothing')`
    report.add(`${entry}: import`, await run('node', ['--input-type=module', '--eval', viaImport], home))
    report.add(`${entry}: require`, await run('node', ['--input-type=commonjs', '--eval', viaRequire], home))
  }
  await checkReadme(report, { folder: home, tarballs, releases })
}

async function checkReadme(report: Report, { folder, releases }: Installation) {
  const example = readmeExample()
  if (!example) {
    report.add('README: example', { ok: false, output: 'README.md has no block of TypeScript.' })
    return
  }
  const ready = await installForExample(folder, example)
  report.add('README: what the example needs installs', ready)
  if (!ready.ok) return
  for (const release of releases) {
    report.add(`README: example on Node ${release.line}`, await runExample(folder, example, release))
  }
}

const report = createReport()
const folder = mkdtempSync(join(tmpdir(), 'wf-checks-'))
try {
  await main(report, folder)
} catch (error) {
  report.add('package checks', { ok: false, output: error instanceof Error ? error.message : String(error) })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
if (!report.save()) process.exitCode = 1
