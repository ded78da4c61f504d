import type { Session } from '../measure/results.ts'
import type { Kept } from './kept.ts'

/** When, where, how often, and what else the machine had to do. */
export function sessionSection(kept: Kept): string {
  const told = kept.sessions.map((session, index) => {
    const measured = [...kept.lines, ...kept.curves].filter((one) => one.session === index).map(({ id }) => id)
    return [`- ${measured.join(', ')}`, ...sentencesOn(session).map((sentence) => `  - ${sentence}`)].join('\n')
  })
  return [...told, '', repeat(kept)].join('\n')
}

function sentencesOn({ begun, rounds, scale, peers, machine, loadAtEnd }: Session): string[] {
  const { node, cpu, cores, load, packages, servers = {} } = machine
  const versions = Object.entries({ ...packages, ...servers }).map(([name, version]) => `${name} ${version}`)
  const many = rounds === 1 ? 'One round' : `${rounds} rounds`
  return [
    `${many} at the ${scale} scale on ${begun.slice(0, 10)}; ${cores} × ${cpu}, Node ${node.replace('v', '')}, ${versions.join(', ')}.`,
    `The load of the machine was ${load.toFixed(1)} at the start and ${loadAtEnd.toFixed(1)} at the end.`,
    ...(peers ? [] : ['Peers did not take part.']),
    ...(Math.max(load, loadAtEnd) > cores + 1 ? [busy] : []),
    ...(scale === 'quick' ? [quick] : []),
    ...(rounds < 7 ? ['So few rounds tell no spread.'] : []),
  ]
}

const busy =
  '**Others kept the cores busy: times may be many times too long. What fits into one turn of a core looks cheap beside what does not, so that lines that should be level are not.**'

const quick =
  '**At this scale code is hardly warm when it is timed: what happens in memory alone may be told several times too slow.**'

function repeat({ sessions }: Kept): string {
  const peers = sessions.some((session) => session.peers)
  return `To repeat it: \`pnpm bench --curves${peers ? ' --peers' : ''}\`, and then \`pnpm bench:page\`.`
}
