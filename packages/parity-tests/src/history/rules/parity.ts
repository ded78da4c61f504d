import { found, type HistoryRule } from '../evidence.js'
import { compareRecordedLogs, logsOf } from '../recorded-logs.js'

export const sameStory: HistoryRule = {
  states: 'A run that was disturbed tells the story of one that was not.',
  async check({ undisturbed, runs }) {
    if (!undisturbed) return []
    const compared = compareRecordedLogs(undisturbed, await logsOf(runs, { withoutLosses: true }))
    return compared.equal ? [] : [found('', compared.difference)]
  },
}
