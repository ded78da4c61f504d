/** When runs are written down. */
export const durabilityBehaviours = {
  'durability.same': 'However a run is written down, its results, its suspensions and its callbacks are the same.',
  'durability.chosen': 'A run goes by what it was made with, or else its workflow, or else the engine.',
  'durability.none': 'With `none` nothing is stored; the run is known where it runs, and nowhere else.',
  'durability.exit': 'With `exit` a run is stored when it rests, waits for a moment or ends, and not before.',
  'durability.exit-lost': 'What a crash then loses is done again from the last of these.',
  'durability.exit-goes-on': 'Suspended or waiting with `exit`, it may go on in any process, and in one only.',
  'durability.stored-stays-stored': 'A run that is stored is stored on, also by whoever takes it up with `none`.',
  'durability.refused': 'A durability that does not exist, or needs a storage that is not there, is refused.',
} as const
