export { createTelemetry, type TelemetryOptions } from './create-telemetry.js'
