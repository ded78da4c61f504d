/** A place inside a value, such as `$.items[3].callback`. */
export function formatPath(path: readonly (string | number)[]): string {
  return `$${path.map(formatKey).join('')}`
}

function formatKey(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}
