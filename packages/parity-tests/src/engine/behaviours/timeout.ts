/** Time that steps and workflows may take. */
export const timeoutBehaviours = {
  'timeout.step': 'A body that does not return within its time has failed, with an error that names step and time.',
  'timeout.step-signal': 'Its signal is aborted with the reason `timeout`.',
  'timeout.late': 'What a body gives, throws or sets after its time is dropped.',
  'timeout.in-time': 'A body that returns within its time is not touched by it.',
  'timeout.sub-second': 'Limits of time count to the millisecond, for steps and for runs.',
  'timeout.retried': 'An attempt that took too long is tried again as one that threw; each has the whole time.',
  'timeout.suspended': 'The time of a step does not run while it is suspended; each resume begins with the whole time.',
  'timeout.item': 'An item that takes too long fails alone; items that are under way come to their end.',
  'timeout.member':
    'A member that takes too long fails as one that throws; where failures are allowed the block goes on.',
  'timeout.run': 'A run that does not end within its time has failed, with an error that names workflow and time.',
  'timeout.run-signal': 'Whatever runs in it is aborted with the reason `timeout`, and recorded as canceled.',
  'timeout.run-counts': 'Sleeps and delays before retries count as time of the run.',
  'timeout.run-suspended': 'The time of a run stands still while everything in it is suspended.',
  'timeout.run-restart': 'Time that a run had used in another process counts.',
  'timeout.run-not-retried': 'No policy tries a run again that took too long.',
  'timeout.ended': 'A run that has ended within its time stays as it ended.',
  'timeout.nested': 'A nested workflow that does not end within its time fails as a step does; the others go on.',
  'timeout.nested-suspended': 'The time of a nested workflow stands still while everything in it is suspended.',
  'timeout.around': 'The time of the run also holds for the workflows in it.',
  'timeout.callbacks': 'A run that took too long calls back as any that failed.',
} as const
