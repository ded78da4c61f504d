import type { Path } from './node.js'

export function formatPath(path: Path): string {
  return path.join('.')
}

/** The path that `formatPath` wrote; undefined for any other text. */
export function parsePath(text: string): Path | undefined {
  if (text === '') return []
  const path: number[] = []
  for (const part of text.split('.')) {
    if (!/^(0|[1-9]\d{0,14})$/.test(part)) return undefined
    path.push(Number(part))
  }
  return path
}
