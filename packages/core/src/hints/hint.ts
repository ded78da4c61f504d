import type { FlowEvent, FlowName } from '../driver/flow.js'

/** Raised when what a hint says changes its meaning; a process drops hints of a version that it does not know. */
const VERSION = 1

/** What travels over the pub/sub: that something has happened in a run, so that whoever it concerns looks there. */
export interface Hint extends FlowEvent {
  readonly v: typeof VERSION
}

const names: ReadonlySet<string> = new Set([
  'workflow.start',
  'workflow.step.run',
  'workflow.step.end',
  'workflow.resume',
  'workflow.suspend',
  'workflow.cancel',
  'workflow.fail',
  'workflow.end',
  'workflow.watch',
  'workflow.moved',
  'workflow.event',
] satisfies FlowName[])

/** Ids are bounded where runs are made; what is longer than this is nobody's hint. */
const LONGEST = 100_000

/** JSON, put together by hand: each step that is offered costs one of these. */
export function writeHint({ type, runId, workflowId, version, at, step, status }: FlowEvent): string {
  const more = field('at', at) + field('step', step) + field('status', status)
  return `{"v":${VERSION},"type":"${type}","runId":${quoted(runId)},"workflowId":${quoted(workflowId)},"version":${version}${more}}`
}

const field = (name: string, text: string | undefined): string =>
  text === undefined ? '' : `,"${name}":${quoted(text)}`

/** What needs no look for characters that JSON escapes. */
const plain = /^[\w .:/@%+=,~#-]*$/

const quoted = (text: string): string => (plain.test(text) ? `"${text}"` : JSON.stringify(text))

/** Anybody may publish; what is no hint is told apart here. A text says what is wrong with it. */
export function readHint(text: string): Hint | string {
  if (text.length > LONGEST) return `it has ${text.length} characters`
  try {
    const hint: unknown = JSON.parse(text)
    return isHint(hint) ? hint : whatIsWrong(hint)
  } catch {
    return 'it is not JSON'
  }
}

type Fields = { readonly [Field in keyof Hint]?: unknown }

function isHint(value: unknown): value is Hint {
  if (typeof value !== 'object' || value === null) return false
  const { v, type, runId, workflowId, version, at, step, status } = value as Fields
  return (
    v === VERSION &&
    typeof type === 'string' &&
    names.has(type) &&
    isName(runId) &&
    isName(workflowId) &&
    Number.isSafeInteger(version) &&
    isText(at) &&
    isText(step) &&
    isText(status)
  )
}

const isText = (value: unknown): boolean => value === undefined || typeof value === 'string'

const isName = (value: unknown): boolean => typeof value === 'string' && value !== ''

function whatIsWrong(value: unknown): string {
  const { v, type } = (typeof value === 'object' && value !== null ? value : {}) as Fields
  if (typeof v === 'number' && v > VERSION) return `it is of version ${v}, which a later release has sent`
  if (v === VERSION && typeof type === 'string' && !names.has(type)) return `nothing is called ${JSON.stringify(type)}`
  return 'its fields are not those of a hint'
}
