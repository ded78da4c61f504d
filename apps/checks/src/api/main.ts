// Shows which packages offer something else than what is kept in `api/`; with `--write` it is kept from now on.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { root } from '../public-packages.ts'
import { allReports, folder } from './all-reports.ts'

const write = process.argv.includes('--write')
mkdirSync(folder, { recursive: true })
for (const { file, text } of allReports()) {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
  console.log(`${relative(root, file)} ${write ? 'is written' : 'is not what the package offers'}`)
  if (write) writeFileSync(file, text)
  else process.exitCode = 1
}
