import type { EventLog } from '../event-log.js'
import { found, type HistoryRule } from '../evidence.js'
import { compareRecordedLogs, logsOf } from '../recorded-logs.js'

export const sameStory: HistoryRule = {
  states: 'A run that was disturbed tells the story of one that was not, but for when its callbacks were made.',
  async check({ undisturbed, runs }) {
    if (!undisturbed) return []
    const logs = await logsOf(runs, { withoutLosses: true })
    const compared = compareRecordedLogs(undisturbed.map(withoutCallbacks), logs.map(withoutCallbacks))
    return compared.equal ? [] : [found('', compared.difference)]
  },
}

/** Where the process that made one was lost, another makes it when the run has gone on. */
const withoutCallbacks = (log: EventLog): EventLog => ({
  ...log,
  entries: log.entries.filter(({ isCallback }) => !isCallback),
})
