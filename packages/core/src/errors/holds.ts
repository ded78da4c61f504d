/** Whether something is so, of a value that may throw at any look: then it is not. */
export function holds(look: () => boolean): boolean {
  try {
    return look()
  } catch {
    return false
  }
}
