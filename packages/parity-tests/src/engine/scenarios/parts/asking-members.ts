import { asks, echoes, step, workflow } from './loose.js'

/** Two members that ask, one that counts how often it ran. */
export function askingMembers() {
  const calls: string[] = []
  const counted = step('counted', () => {
    calls.push('counted')
    return 'once'
  })
  const block = workflow('three')
    .parallel([asks('p'), counted, asks('q')])
    .then(echoes('after'))
    .commit()
  return { block, calls }
}
