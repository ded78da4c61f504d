/** Runs whose workflow is another by the time that they go on. */
export const graphChangeBehaviours = {
  'graph-change.ahead':
    'What has changed only where a run has not been yet keeps it from nothing: it goes on by the workflow of today.',
  'graph-change.texts': 'Descriptions and metadata are no change of a workflow.',
  'graph-change.options': 'Retries and timeouts of today hold for what a run has still to do.',
  'graph-change.taken-on': 'A run that has gone on by a changed workflow goes by that one from then on, for everybody.',
  'graph-change.taken-back': 'A change may be taken back, as long as a run has not been at what it brought.',
  'graph-change.refused':
    'A run that has been at a place that is another now is not gone on with: the error names workflow, run, and what has changed where.',
  'graph-change.meaning': 'So is one of which something recorded would mean something else now.',
  'graph-change.stays': 'What was refused stays as it was, and whoever has the workflow as it was goes on with it.',
  'graph-change.told': 'A run that cannot go on is told of by the workflow that it has, and waited for.',
  'graph-change.canceled': 'A run that cannot go on may be canceled.',
  'graph-change.elsewhere':
    'A step that runs in a process with another form of the workflow ends there, is recorded, and is not run again.',
  'graph-change.ended': 'A run that has ended is told as it ended, however its workflow has changed.',
  'graph-change.travel': 'It travels where nothing has changed for it, and is refused where something has.',
  'graph-change.taken-up': 'Who looks for work takes up runs that can go on by the workflow of today.',
  'graph-change.declined': 'The others are left as they are, with one warning for each.',
} as const
