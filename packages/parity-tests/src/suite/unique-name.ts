let made = 0

/** Small letters, digits and hyphens; made by no other process either. */
export function uniqueName(): string {
  made += 1
  return `parity-${process.pid.toString(36)}-${Date.now().toString(36)}-${made.toString(36)}`
}
