import { WorkflowError } from '../errors/index.js'

/** What a run that was known turned out to be. */
export function journalLost(runId: string, status: 'gone' | 'diverged'): WorkflowError {
  if (status === 'gone') return new WorkflowError('WF_UNKNOWN_RUN', `run "${runId}" was deleted`, { runId })
  const text = `the journal of run "${runId}" is not the one that was read: the storage has lost or replaced commits`
  return new WorkflowError('WF_STORAGE', text, { runId })
}

export const runClosed = (runId: string): WorkflowError =>
  new WorkflowError('WF_CLOSED', `the engine was closed while run "${runId}" was under way`, { runId })
