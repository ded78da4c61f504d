/** How long runs are kept. */
export const retentionBehaviours = {
  'retention.for-ever': 'Runs are kept for ever, unless the engine is told otherwise.',
  'retention.all': 'Runs that ended longer ago than they are to be kept are deleted when somebody looks for work.',
  'retention.by-status': 'How long may be told by status; what is not named is kept.',
  'retention.ended-only': 'What is suspended, paused, waiting or running stays, however old it is.',
  'retention.own-only': 'Other namespaces, and workflows that the engine was not given, stay.',
  'retention.bounded': 'One look deletes a bounded number; further ones go on.',
  'retention.callbacks': 'A run whose callbacks are still to be made is not deleted, by nobody.',
  'retention.whole': 'Nothing of a deleted run is left: it is unknown to everybody, and its id may begin anew.',
  'retention.refused': 'A time to keep that is none is refused by its name.',
} as const
