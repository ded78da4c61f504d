import { loadContest } from './contests.ts'
import { scales } from './measure/scale.ts'

// One contestant of one line or curve, alone in a process; the parent is told the figures.
const [id = '', name = '', scale = ''] = process.argv.slice(2)
if (scale !== 'full' && scale !== 'quick' && scale !== 'tiny') throw new TypeError(`no such scale: ${scale}`)
const { contestants } = await loadContest(id)
const contestant = contestants.find((one) => one.name === name)
if (contestant === undefined) throw new TypeError(`${id} has no contestant "${name}"`)
const figures = await contestant.measure(scales[scale])
// Peers leave timers and workers behind that would keep the process.
process.send?.(figures, () => process.exit(0))
