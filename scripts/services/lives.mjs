import { readFileSync } from 'node:fs'

/** Whether a process runs; one that has ended and only waits to be counted by its parent does not. */
export function lives(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
  return stateOf(pid) !== 'Z'
}

function stateOf(pid) {
  try {
    // The name before it, in parentheses, may hold anything.
    return /.*\) (\S)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]
  } catch {
    return undefined
  }
}
