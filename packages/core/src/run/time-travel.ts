import type { Fact, Fold } from '../driver/fold.js'
import type { LiveRun } from '../driver/live-run.js'
import { placed } from '../driver/placed.js'
import { validate } from '../driver/validate.js'
import type { Waiter } from '../driver/waiters.js'
import { WorkflowError } from '../errors/index.js'
import { placeOf } from '../graph/index.js'
import {
  isQuiet,
  type Journey,
  planTravel,
  type RunEvent,
  type RunState,
  refsOfRecords,
  type Trace,
} from '../machine/index.js'
import { acceptAdded, acceptContext, acceptState, keysOf } from './accept.js'
import { askRun, findRun } from './find-run.js'
import { gatesOfStart } from './gates-of-start.js'
import { givenResults } from './given-results.js'
import { missingBefore } from './missing-before.js'
import type { TimeTravelOptions } from './time-travel-options.js'
import { refused, type TravelTarget, travelTarget } from './travel-target.js'

interface TravelOptions extends TimeTravelOptions {
  readonly trace: Trace | undefined
}

/** Opens the next generation of a run at another place. Rejects, and changes nothing, when that cannot be done. */
export async function timeTravel(live: LiveRun, options: TravelOptions, waiter: Waiter): Promise<void> {
  const { workflow } = live.program
  const place = { workflowId: workflow.id, runId: live.runId }
  const target = travelTarget(workflow.graph, { ...options, ...place })
  const left = await live.read((fold) => checkQuiet(fold, place))
  await checkData(live, target, options)
  const results = givenResults(workflow.graph, target.path, { ...options, ...place })
  const plan = await planned(live, { target, results, options })
  const fact = await travelFact(live, { target, left, plan, results, options })
  const needs = refsOfRecords(Object.values(plan.within ?? {}).flat())
  if (await live.write(() => [fact], waiter, { needs })) return
  throw new WorkflowError('WF_CONFLICT', `somebody else has gone on with run "${live.runId}" in the meantime`, place)
}

interface Place {
  readonly workflowId: string
  readonly runId: string
}

/** Which rest or end the travel starts from. */
type Left = Pick<RunState, 'generation' | 'rests' | 'phase'>

function checkQuiet({ state }: Fold, place: Place): Left {
  if (isQuiet(state)) return { generation: state.generation, rests: state.rests, phase: state.phase }
  const text = `This workflow run is still running, cannot time travel: wait until run "${place.runId}" has ended or rests, or cancel it`
  throw new WorkflowError('WF_CONFLICT', text, place)
}

/** A misfit rejects the call; what fits is checked again when the step gets it, as ever. */
async function checkData(live: LiveRun, { path, node }: TravelTarget, options: TimeTravelOptions): Promise<void> {
  const { workflow } = live.program
  if (workflow.options.validateInputs === false) return
  const code = workflow.functions.get(placeOf(path, workflow.graph))
  const { inputSchema } = code?.step ?? code?.workflow ?? {}
  const resumeSchema = code?.step?.resumeSchema
  const about = { workflowId: workflow.id, runId: live.runId, stepId: node.id }
  if (inputSchema && given(options, 'inputData'))
    await validate(inputSchema, options.inputData, { ...about, code: 'WF_INVALID_INPUT' })
  if (resumeSchema && given(options, 'resumeData'))
    await validate(resumeSchema, options.resumeData, { ...about, code: 'WF_INVALID_RESUME_DATA' })
}

const given = (options: TimeTravelOptions, name: 'inputData' | 'resumeData'): boolean =>
  Object.hasOwn(options, name) && options[name] !== undefined

/** What a run that was never started is taken to have been given. */
const inputIn = (results: Given): unknown =>
  (results?.values[''] as Readonly<Record<string, unknown>> | undefined)?.input

interface Asked {
  readonly target: TravelTarget
  readonly results: Given
  readonly options: TravelOptions
}

type Given = ReturnType<typeof givenResults>

type Plan = Extract<Journey, { readonly within?: unknown }>

async function planned(live: LiveRun, { target, results, options }: Asked): Promise<Plan> {
  const { driver, runId, program } = live
  const { path, node } = target
  const hasInput = given(options, 'inputData')
  const tell = ({ state }: Fold): { journey: Journey; missing: readonly string[] } => ({
    journey: planTravel(state, { to: path.join('.'), hasInput }),
    missing: missingBefore(state, path, { given: results?.ids ?? {}, hasInput }),
  })
  const found = await findRun(driver, runId)
  const asked = found && (await askRun(driver, found, { tell, inner: true }))
  const { journey, missing } = asked?.answer ?? (await live.read(tell))
  const place = { workflowId: program.workflow.id, runId }
  if (missing.length > 0) throw refusedFor(missing, { ...place, stepId: node.id })
  if (!('obstacle' in journey)) return journey
  const { slot } = journey.at
  switch (journey.obstacle) {
    case 'items-unknown':
      throw refused(
        'WF_UNKNOWN_TARGET',
        { ...place, field: 'forEachIndex' },
        `run "${runId}" never came to that foreach, so its items are not known; leave \`forEachIndex\` out`,
      )
    case 'no-such-item':
      throw refused('WF_UNKNOWN_TARGET', { ...place, field: 'forEachIndex' }, `the foreach has no item ${slot}`)
    default:
      throw refused(
        'WF_UNKNOWN_TARGET',
        { ...place, field: 'inputData' },
        `what iteration ${slot} got is not known any more; give it as \`inputData\``,
      )
  }
}

function refusedFor(missing: readonly string[], place: Place & { readonly stepId: string }): WorkflowError {
  const ids = missing.map((id) => `"${id}"`).join(', ')
  const text = `Cannot time travel to step "${place.stepId}": nothing is recorded of ${ids} before it; give results of them as \`context\`, or travel to the first of them. The stored snapshot has not been modified.`
  return refused('WF_UNKNOWN_TARGET', { ...place, field: 'context' }, text)
}

interface Travel extends Asked {
  readonly left: Left
  readonly plan: Plan
}

async function travelFact(live: LiveRun, { target, left, plan, results, options }: Travel): Promise<Fact> {
  const { workflow } = live.program
  const { runId } = live
  const place = { workflowId: workflow.id, runId }
  const state = options.initialState && (await acceptState(workflow, runId, options.initialState))
  const context =
    left.phase === 'unstarted'
      ? await acceptContext(workflow, runId, options.requestContext)
      : await acceptAdded(live, options.requestContext)
  const event: RunEvent = {
    type: 'time-travelled',
    semantics: 1,
    workflow: workflow.id,
    hash: workflow.hash,
    ...(workflow.version !== undefined && { version: workflow.version }),
    to: target.path.join('.'),
    generation: left.generation,
    rests: left.rests,
    ...plan,
    ...(given(options, 'inputData') && { input: true }),
    ...(given(options, 'resumeData') && { resume: true }),
    ...(state && { state: Object.keys(state) }),
    ...keysOf('context', context),
    ...(options.perStep && { perStep: true }),
    ...(results && { steps: results.ids }),
    ...(options.trace && { trace: options.trace }),
    ...(left.phase === 'unstarted' && (await gatesOfStart(live, { input: inputIn(results), context }))),
  }
  const { inputData, resumeData } = options
  const value = { input: inputData, resumeData, state, context, steps: results?.values }
  return placed(place, () => live.bench.recorder.valued(event, value))
}
