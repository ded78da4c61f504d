export { type Redact, type RedactionPlace, redactKeys } from './redact.js'
