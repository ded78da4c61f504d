// Tells how large bundles with core in them are, and what takes the room.
import { bundle } from './bundle-size.ts'
import { bundles } from './bundles.ts'

const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`

for (const { name, code } of bundles) {
  const { bytes, folders } = await bundle(code)
  console.log(`${kilobytes(bytes)} minified and packed: ${name}`)
  for (const [folder, size] of folders.slice(0, 6))
    console.log(`    ${kilobytes(size).padStart(9)} minified: ${folder}`)
}
