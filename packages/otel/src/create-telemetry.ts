import { type Meter, metrics, type Tracer, trace } from '@opentelemetry/api'
import { checkFields, type FieldRules, isRecord, type Telemetry } from '@wf/core'
import { createMeasures } from './create-measures.js'
import { createSpans } from './create-spans.js'

export interface TelemetryOptions {
  /** Makes spans. Default: one of the global provider; `false`: no spans. */
  readonly tracer?: Tracer | false
  /** Makes instruments. Default: one of the global provider; `false`: no metrics. */
  readonly meter?: Meter | false
  /** Spans carry the inputs of steps. Default `false`. */
  readonly recordInputs?: boolean
  /** Spans carry what steps came to. Default `false`. */
  readonly recordOutputs?: boolean
  /** How much of an input, output or other object a span carries, in characters of JSON. Default 4,096. */
  readonly maxValueLength?: number
}

const offers = (what: string, method: string) => ({
  expected: `${what} of OpenTelemetry, or false`,
  accepts: (value: unknown) => value === false || (isRecord(value) && typeof value[method] === 'function'),
})

const flag = { expected: 'true or false', accepts: (value: unknown) => typeof value === 'boolean' }

const rules: FieldRules = {
  tracer: offers('a tracer', 'startSpan'),
  meter: offers('a meter', 'createHistogram'),
  recordInputs: flag,
  recordOutputs: flag,
  maxValueLength: {
    expected: 'a whole number, 1 or more',
    accepts: (value) => Number.isSafeInteger(value) && Number(value) >= 1,
  },
}

const NAME = '@wf/otel'
const VALUE_LENGTH = 4_096

/** What an engine is given as `telemetry`: tells OpenTelemetry what its runs do. */
export function createTelemetry(options: TelemetryOptions = {}): Telemetry {
  checkFields(options, rules, { of: 'the options of `createTelemetry`' })
  const { tracer = trace.getTracer(NAME), meter = metrics.getMeter(NAME), maxValueLength = VALUE_LENGTH } = options
  return {
    ...(tracer && { span: createSpans(tracer, maxValueLength) }),
    ...(meter && { measure: createMeasures(meter) }),
    recordInputs: options.recordInputs === true,
    recordOutputs: options.recordOutputs === true,
  }
}
