import { parsePath, type Workflow } from '@wf/core'
import { type Moment, type Touched, touchedBy } from './moment.js'
import { stepPathOf } from './step-paths.js'

const deeds: Readonly<Record<string, string>> = {
  'step-claimed': 'the claim',
  'step-succeeded': 'the outcome',
  'step-failed': 'the failure',
  'step-suspended': 'the suspension',
  'step-bailed': 'the bail',
  'timer-fired': 'the moment',
  'run-started': 'the start',
  'run-resumed': 'the resume',
  'run-rested': 'the rest',
  'run-ended': 'the end',
}

/** Facts that come along with others. */
const SILENT: ReadonlySet<string> = new Set(['graph-recorded', 'state-set', 'context-set'])

/** A moment at which a process dies, in words. */
export function pointText(workflow: Workflow, moment: Moment): string {
  if (moment.of === 'body') return `${moment.when} the body of "${moment.path}"`
  const written = touchedBy(moment.commits)
    .filter(({ type }) => !SILENT.has(type))
    .map((fact) => factText(workflow, fact))
  const kinds = moment.commits.map(({ journal }) => journal.kind).filter((kind) => kind !== 'run')
  const what = [...new Set([...written, ...kinds.map((kind) => `a ${kind}`)])]
  return `${moment.when} recording ${what.length > 0 ? what.join(' and ') : 'when to look again'}`
}

function factText(workflow: Workflow, { type, at }: Touched): string {
  const [place = '', part] = at.split('/')
  const deed = deeds[type] ?? type.replaceAll('-', ' ')
  const path = stepPathOf(workflow, parsePath(place) ?? [])
  if (path === '') return part === undefined ? deed : `${deed} of ${part}`
  return `${deed} of ${part === undefined ? '' : `the ${part} of `}"${path}"`
}
