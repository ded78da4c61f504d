import type { ResumeInfo } from '../builder/step-context.js'
import { idPath, itemIndex } from './result.js'
import type { Scene } from './scene.js'

/** How a step was entered by a resume. */
export function resumeInfo({ frame, resume }: Scene, given: Pick<ResumeInfo, 'runId' | 'resumePayload'>): ResumeInfo {
  const forEachIndex = itemIndex(frame)
  return {
    steps: idPath(frame),
    resumePayload: given.resumePayload,
    runId: given.runId,
    ...(resume?.label !== undefined && { label: resume.label }),
    ...(forEachIndex !== undefined && { forEachIndex }),
  }
}
