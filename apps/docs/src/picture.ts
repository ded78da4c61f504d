import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from 'checks/public-packages'

/** A drawing beside a page, carried by the page itself: shown as a picture, its styles stay its own. */
export function pictureOf(source: string, target: string): string | undefined {
  const file = join(root, dirname(source), target)
  if (/^[a-z]+:/.test(target) || !target.endsWith('.svg') || !existsSync(file)) return undefined
  return `data:image/svg+xml;base64,${readFileSync(file, 'base64')}`
}
