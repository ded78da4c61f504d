/** Of each end of a path that is too long for a message. */
const mostShown = 150

/** A place inside a value, such as `$.items[3].callback`. */
export function formatPath(path: readonly (string | number)[]): string {
  const text = `$${path.map(formatKey).join('')}`
  return text.length <= 2 * mostShown ? text : `${text.slice(0, mostShown)}…${text.slice(-mostShown)}`
}

function formatKey(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}
