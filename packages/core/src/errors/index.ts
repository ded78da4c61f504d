export { holds } from './holds.js'
export { isNonRetryable, NonRetryableError } from './non-retryable-error.js'
export { toError } from './to-error.js'
export { isTripWire, TripWire, type TripWireOptions } from './trip-wire.js'
export {
  formatIssues,
  isValidationError,
  plainIssue,
  type ValidationCause,
  type ValidationErrorCode,
  type ValidationFailure,
  type ValidationIssue,
  validationError,
} from './validation-error.js'
export {
  type ErrorPlace,
  isWorkflowError,
  placeError,
  WorkflowError,
  type WorkflowErrorDetails,
} from './workflow-error.js'
export { type WorkflowErrorCode, workflowErrorCodes } from './workflow-error-codes.js'
