export type {
  Carrier,
  Measure,
  MeasureAbout,
  SpanAbout,
  SpanEnd,
  SpanPlace,
  SpanSubject,
  Telemetry,
  TelemetrySpan,
} from './telemetry.js'
export type { TracingOptions } from './tracing-options.js'
