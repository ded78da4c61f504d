/** The parts of a dotted path; none means the whole value. */
export function pathParts(path: string | undefined): readonly string[] {
  return path === undefined || path === '' || path === '.' ? [] : path.split('.')
}

function ownPart(value: object, part: string): unknown {
  // Arrays answer to indexes only, everything else to what is its own: no path reaches a prototype.
  if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(part) ? value[Number(part)] : undefined
  return Object.hasOwn(value, part) ? Reflect.get(value, part) : undefined
}

/** What stands at a path, or undefined where the path leads to nothing. */
export function valueAt(value: unknown, parts: readonly string[]): unknown {
  let current = value
  for (const part of parts) {
    if (typeof current !== 'object' || current === null) return undefined
    current = ownPart(current, part)
  }
  return current
}
