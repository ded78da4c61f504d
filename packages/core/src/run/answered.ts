import { isRefusal } from '../driver/until-answered.js'
import { toError, WorkflowError } from '../errors/index.js'

/**
 * What somebody asks about runs is asked of the storage once: whoever looks hears that it does not answer, and may look
 * again. (What runs themselves need is asked until it is answered.)
 */
export async function answered<Answer>(
  ask: () => Promise<Answer>,
  { what, ...about }: { readonly runId?: string; readonly what?: string } = {},
): Promise<Answer> {
  try {
    return await ask()
  } catch (error) {
    if (isRefusal(error)) throw error
    const subject = what ?? (about.runId === undefined ? 'runs' : `run "${about.runId}"`)
    const text = `the storage could not be asked about ${subject}: ${toError(error).message}; ask again`
    throw new WorkflowError('WF_STORAGE_UNAVAILABLE', text, { ...about, cause: error })
  }
}
