import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { keptFrom, mergedKept } from './page/kept.ts'
import { withShortTable } from './page/short-table.ts'
import { pageFiles } from './page/write-page.ts'

const docs = new URL('../../../docs/', import.meta.url)
const readme = new URL('../../../README.md', import.meta.url)
const newest = fileURLToPath(new URL('../.results/bench.json', import.meta.url))

// Files of results, or the one that was kept; later ones take the place of earlier ones, line by line.
const given = process.argv.slice(2).filter((arg) => arg !== '--')
const files = given.length > 0 ? given : [newest]
const kept = mergedKept(files.map((file) => keptFrom(JSON.parse(readFileSync(file, 'utf8')))))
mkdirSync(new URL('performance/', docs), { recursive: true })
writeFileSync(new URL('performance/bench.json', docs), `${JSON.stringify(kept, null, 2)}\n`)
for (const [path, text] of Object.entries(pageFiles(kept))) writeFileSync(new URL(path, docs), text)
writeFileSync(readme, withShortTable(readFileSync(readme, 'utf8'), kept))
console.log(`docs/performance.md shows ${kept.lines.length} lines and ${kept.curves.length} curves`)
