import type { Attributes, Counter, Histogram, Meter } from '@opentelemetry/api'
import type { Measure, MeasureAbout, Telemetry } from '@wf/core'

interface Instrument {
  readonly name: string
  readonly description: string
  /** Of a duration, which OpenTelemetry wants in seconds; otherwise it counts. */
  readonly isDuration?: true
  readonly unit?: string
}

export const instruments: Readonly<Record<Measure, Instrument>> = {
  'run-started': { name: 'wf.run.started', description: 'Runs that were started', unit: '{run}' },
  'run-duration': { name: 'wf.run.duration', description: 'From the start of a run to its end', isDuration: true },
  'run-rested': { name: 'wf.run.rested', description: 'Suspensions and pauses of runs', unit: '{rest}' },
  'step-duration': { name: 'wf.step.duration', description: 'How long attempts of steps took', isDuration: true },
  'step-retry': { name: 'wf.step.retries', description: 'Attempts that failed and are made again', unit: '{attempt}' },
  'claim-lost': { name: 'wf.claim.lost', description: 'Claims taken over from processes that died', unit: '{claim}' },
  'queue-delay': { name: 'wf.queue.delay', description: 'How long ready work waited to be claimed', isDuration: true },
  'commit-duration': { name: 'wf.commit.duration', description: 'Calls that commit to the storage', isDuration: true },
  'session-lost': { name: 'wf.session.lost', description: 'Sessions that were found expired', unit: '{session}' },
  'sweep-hit': { name: 'wf.sweep.hits', description: 'Journals that a sweep was handed', unit: '{journal}' },
}

/** Bounds in seconds: from what stays in memory to what waits for people. */
const BOUNDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300, 3_600, 86_400]

/** Records what an engine measures with the instruments of a meter, each made when it is first needed. */
export function createMeasures(meter: Meter): NonNullable<Telemetry['measure']> {
  const made = new Map<Measure, (value: number, attributes: Attributes) => void>()
  return (measure, value, about) => {
    let record = made.get(measure)
    if (!record) {
      record = recorderOf(meter, instruments[measure])
      made.set(measure, record)
    }
    record(value, attributesOf(about))
  }
}

function recorderOf(meter: Meter, { name, description, isDuration, unit = '1' }: Instrument) {
  if (!isDuration) {
    const counter: Counter = meter.createCounter(name, { description, unit })
    return (value: number, attributes: Attributes): void => counter.add(value, attributes)
  }
  const advice = { explicitBucketBoundaries: BOUNDS }
  const histogram: Histogram = meter.createHistogram(name, { description, unit: 's', advice })
  return (ms: number, attributes: Attributes): void => histogram.record(ms / 1_000, attributes)
}

/** No id of a run is among them: there would be a series for each. */
function attributesOf({ workflowId, stepId, status, journalKind, whose }: MeasureAbout): Attributes {
  const attributes: Attributes = {}
  if (workflowId !== undefined) attributes['wf.workflow.id'] = workflowId
  if (stepId !== undefined) attributes['wf.step.id'] = stepId
  if (status !== undefined) attributes['wf.status'] = status
  if (journalKind !== undefined) attributes['wf.journal.kind'] = journalKind
  if (whose !== undefined) attributes['wf.session.whose'] = whose
  return attributes
}
