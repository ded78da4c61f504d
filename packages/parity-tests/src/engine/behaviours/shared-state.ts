/** What the steps of a run keep in common. */
export const sharedStateBehaviours = {
  'shared-state.sequence': 'What a step sets in the state is there for the steps behind it.',
  'shared-state.own-reference': 'A reference to `state` that a body took before it called `setState` shows the change.',
  'shared-state.shallow': '`setState` replaces the values of the keys it names, whole, and leaves all others.',
  'shared-state.empty-values': 'A key may be set to `null` and to `undefined`, and then is there with just that.',
  'shared-state.not-awaited': 'A `setState` that nobody waited for counts too.',
  'shared-state.initial': 'A run begins with the `initialState` it was started with, and without one with none.',
  'shared-state.initial-parsed':
    'The state schema of a workflow parses what a run begins with, also when nothing is given.',
  'shared-state.in-result': 'A result has the state only when it was asked for, and the state at that very moment.',
  'shared-state.loop': 'The next iteration of a loop and its condition see what an iteration has set.',
  'shared-state.items': 'Items that begin later see what items that have ended have set; items under way do not.',
  'shared-state.members':
    'Members of a parallel begin with the state before the block; each sees only its own changes.',
  'shared-state.merge': 'After a block the changes of its members are merged, key by key.',
  'shared-state.later-wins': 'Of two members that set the same key, the one that was recorded later wins.',
  'shared-state.arms': 'A condition sees what was set before it; what the arms taken have set is merged behind them.',
  'shared-state.nested': 'A workflow in another one works on the same state, in both directions.',
  'shared-state.suspended': 'What a step set before it suspended is kept, and is seen when it is resumed.',
  'shared-state.elsewhere': 'The state goes on in another process, that of members which have ended included.',
  'shared-state.failed': 'What a step set before it failed is kept: in the result, for `onError`, for a next attempt.',
} as const
